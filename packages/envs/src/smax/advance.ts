import type { Random } from '@murmuration/core';
import type { Battle } from './battle';
import { engineOf, enter, leave } from './engine';
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

  return {
    advance(copy, random, noise) {
      stream = random;
      given = noise;
      enter(engine, battle, copy);
      engine.play(units, allies, ticks, deadToo, wallsCauseDeath, draw);
      leave(engine, battle, copy);
    },
    push(copy) {
      enter(engine, battle, copy);
      engine.part(units, deadToo);
      leave(engine, battle, copy);
    },
  };
};
