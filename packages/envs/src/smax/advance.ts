import type { Random } from '@murmuration/core';
import type { Battle } from './battle';
import { engineOf } from './engine';
import { tickSeconds, ticks } from './units';

/**
 * Play the ticks of one step in a copy, with the moves and attacks that its units hold.
 * @param random draws how much longer or shorter a shot's cooldown is, uniform from -1 to 2 ticks.
 * @param noise draws made beforehand, `[tick, unit]` in seconds, in place of `random`.
 */
export type Advance = (copy: number, random: Random, noise?: Float64Array) => void;

/** Pushes overlapping units of a copy apart, once. */
export type Push = (copy: number) => void;

/** The ticks run in WebAssembly (`assembly/`): a copy goes in, is played, and comes back. */
export const createTicks = (battle: Battle): { readonly advance: Advance; readonly push: Push } => {
  const { units, allies, rules } = battle;
  const { compat, wallsCauseDeath } = rules;
  const deadToo = compat === 'v1';
  const engine = engineOf();
  let stream: Random | undefined;
  let given: Float64Array | undefined;
  const draw = (tick: number, unit: number): number =>
    given ? given[tick * units + unit] : tickSeconds * (3 * (stream as Random).uniform() - 1);

  const enter = (first: number): void => {
    const { alive, attack, cooldown, health, moveX, moveY, type, x, y } = battle;
    const to = engine;
    for (let unit = 0; unit < units; unit++) {
      const own = first + unit;
      to.x[unit] = x[own];
      to.y[unit] = y[own];
      to.health[unit] = health[own];
      to.cooldown[unit] = cooldown[own];
      to.alive[unit] = -alive[own];
      to.moveX[unit] = moveX[own];
      to.moveY[unit] = moveY[own];
      to.attack[unit] = attack[own];
      to.type[unit] = type[own];
    }
  };

  const leave = (first: number): void => {
    const { alive, cooldown, health, x, y } = battle;
    const from = engine;
    for (let unit = 0; unit < units; unit++) {
      const own = first + unit;
      x[own] = from.x[unit];
      y[own] = from.y[unit];
      health[own] = from.health[unit];
      cooldown[own] = from.cooldown[unit];
      alive[own] = -from.alive[unit];
    }
  };

  return {
    advance(copy, random, noise) {
      const first = copy * units;
      enter(first);
      stream = random;
      given = noise;
      engine.play(units, allies, ticks, deadToo, wallsCauseDeath, draw);
      leave(first);
    },
    push(copy) {
      const first = copy * units;
      enter(first);
      engine.part(units, deadToo);
      leave(first);
    },
  };
};
