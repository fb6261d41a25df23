import type { Battle } from './battle';
import { ownWidth } from './features';
import { cooldowns, fullHealths, mapSize, unitTypes } from './units';

export const stateWidth = (units: number): number => (ownWidth + 2) * units;

/**
 * Write the state of a copy: of each unit share of health, position (x, y), cooldown and type one-hot, zeros where it is
 * dead; then the team (0 or 1) of each unit; then the type of each. JaxMARL's `get_world_state` gives positions in map
 * units, cooldowns in seconds and types by number (`raw`); `scaled` divides by the map's size, the type's cooldown
 * (then clipped to 0 to 1) and 5.
 */
export const writeState = (battle: Battle, copy: number, into: Float32Array, at: number): void => {
  const { units, allies, alive, x, y, type } = battle;
  const scaled = battle.rules.state === 'scaled';
  const lengthScale = scaled ? 1 / mapSize : 1;
  const typeScale = scaled ? 1 / (unitTypes.length - 1) : 1;
  const first = copy * units;
  const teams = at + units * ownWidth;
  into.fill(0, at, at + stateWidth(units));
  for (let unit = 0; unit < units; unit++) {
    const own = first + unit;
    into[teams + unit] = unit < allies ? 0 : 1;
    into[teams + units + unit] = type[own] * typeScale;
    if (alive[own] === 0) continue;
    const row = at + unit * ownWidth;
    const left = battle.cooldown[own];
    into[row] = battle.health[own] / fullHealths[type[own]];
    into[row + 1] = x[own] * lengthScale;
    into[row + 2] = y[own] * lengthScale;
    into[row + 3] = scaled ? Math.max(0, Math.min(1, left / cooldowns[type[own]])) : left;
    into[row + 4 + type[own]] = 1;
  }
};
