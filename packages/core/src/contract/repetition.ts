import type { EnvironmentFactory } from '../environment';
import { differenceOf } from './difference';
import { fault } from './fault';
import { createPlayer, type Player } from './player';

/** Copy `one` of a player and copy `other` of another, looked at after each step; the first difference in words. */
const compare = (
  [one, copyOfOne]: readonly [Player, number],
  [other, copyOfOther]: readonly [Player, number],
  steps: number,
): string | undefined => {
  const { spec } = one.world;
  for (let step = 0; step <= steps; step++) {
    if (step > 0) one.step();
    if (step > 0 && other !== one) other.step();
    const difference = differenceOf(spec, [one.frame, copyOfOne], [other.frame, copyOfOther]);
    if (difference) return `${step === 0 ? 'after reset' : `in step ${step}`}, ${difference}`;
  }
  return undefined;
};

const started = (factory: EnvironmentFactory, seed: number, actionSeeds: readonly number[]): Player => {
  const player = createPlayer(factory, actionSeeds);
  player.reset(seed);
  return player;
};

/**
 * Equal seeds and equal actions give equal frames: in two worlds, and in one that has been played before.
 * @throws EnvironmentError with the first step and entry that differ.
 */
export const checkSeeds = (factory: EnvironmentFactory, steps: number): void => {
  const one = started(factory, 1, [1]);
  const { spec } = one.world;
  const another = compare([one, 0], [started(factory, 1, [1]), 0], steps);
  if (another) {
    const advice = 'draw every random number from the stream that is passed in';
    throw fault(spec, `two worlds with one seed and the same actions differ: ${another}; ${advice}`);
  }
  // A world that changes over training goes on changing; there a reset is no fresh start.
  if (spec.nonStationary) return;
  const used = createPlayer(factory, [1]);
  used.reset(2);
  for (let step = 0; step < steps; step++) used.step();
  const again = createPlayer(() => used.world, [1]);
  again.reset(1);
  const left = compare([started(factory, 1, [1]), 0], [again, 0], steps);
  if (left) throw fault(spec, `reset leaves something of the past behind: ${left} in a world played before`);
};

/**
 * Whether chance plays a part: other seeds, and other copies, then give other frames under the same actions.
 * @throws EnvironmentError where `random` says otherwise than the world.
 */
export const checkChance = (factory: EnvironmentFactory, steps: number, random: boolean): void => {
  const one = started(factory, 1, [1]);
  const { spec } = one.world;
  const difference = compare([one, 0], [started(factory, 2, [1]), 0], steps);
  if (!random) {
    if (difference)
      throw fault(spec, `${difference} for another seed, but the world is said to hold no chance`);
    return;
  }
  if (!difference)
    throw fault(spec, `two seeds give the same frames for ${steps} steps; is the stream used?`);
  const both = started(factory, 1, [1, 1]);
  if (compare([both, 0], [both, 1], steps)) return;
  throw fault(spec, `two copies show the same frames for ${steps} steps; each needs its own random stream`);
};

/**
 * What one copy shows does not depend on what is done in another.
 * @throws EnvironmentError with the first step and entry that differ.
 */
export const checkCopies = (factory: EnvironmentFactory, steps: number): void => {
  const seeds = [1, 2, 3];
  for (const copy of [0, 1, 2]) {
    const others = seeds.map((seed, each) => (each === copy ? seed : seed + 10));
    const one = started(factory, 1, seeds);
    const difference = compare([one, copy], [started(factory, 1, others), copy], steps);
    if (!difference) continue;
    const message = `copy ${copy} depends on what others do: ${difference}; copies must share nothing`;
    throw fault(one.world.spec, message);
  }
};
