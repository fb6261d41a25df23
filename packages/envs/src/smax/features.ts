import { attackOffset } from './actions';
import type { Battle } from './battle';
import { cooldowns, fullHealths, unitTypes } from './units';

/** Features of another unit in an observation: 7 numbers and its type, one-hot. */
export const otherWidth = 7 + unitTypes.length;
/** Features of the observing unit itself, and of each unit in the state: 4 numbers and its type. */
export const ownWidth = 4 + unitTypes.length;

/** Numbers of each unit of one copy as others see them, `[unit]`; {@link prepare} fills them. */
export interface Features {
  /** Health over full health. */
  readonly health: Float64Array;
  readonly cooldown: Float64Array;
  readonly attack: Float64Array;
  prepare(copy: number): void;
}

/** Scaled to [0, 1], or as they are in compatibility with v1 (JaxMARL, `_observe_features`). */
export const createFeatures = (battle: Battle): Features => {
  const { units, allies, enemies, type } = battle;
  const scaled = battle.rules.compat === 'v2';
  const [health, cooldown, attack] = [0, 1, 2].map(() => new Float64Array(units)) as Float64Array[];
  return {
    ...{ health, cooldown, attack },
    prepare(copy) {
      const first = copy * units;
      for (let unit = 0; unit < units; unit++) {
        const own = first + unit;
        const last = attackOffset - 1 + (unit < allies ? enemies : allies);
        const left = battle.cooldown[own];
        health[unit] = battle.health[own] / fullHealths[type[own]];
        cooldown[unit] = scaled ? Math.max(0, Math.min(1, left / cooldowns[type[own]])) : left;
        attack[unit] = scaled ? battle.attack[own] / last : battle.attack[own];
      }
    },
  };
};
