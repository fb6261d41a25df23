import { describe, it } from 'vitest';
import { checkFrames } from '../contract/frames';
import { checkChance, checkCopies, checkSeeds } from '../contract/repetition';
import { checkSnapshots } from '../contract/snapshot';
import { checkSpecification } from '../contract/specification';
import type { EnvironmentFactory } from '../environment';

export interface EnvironmentTestOptions {
  /** Whether chance plays a part, so that another seed gives other frames under the same actions (default true). */
  readonly random?: boolean;
  /** Random steps that are looked at; enough for several episodes (default 1000). */
  readonly steps?: number;
}

/**
 * Declare the tests that every environment must pass, in a vitest file:
 * `testEnvironment('coordination/3', () => coordination({ agents: 3 }), { random: false })`.
 * @param factory one copy of the world, or its vectorised form; called many times.
 */
export const testEnvironment = (
  name: string,
  factory: EnvironmentFactory,
  { random = true, steps = 1000 }: EnvironmentTestOptions = {},
): void => {
  const few = Math.min(steps, 200);
  describe(`${name} keeps the contract of an environment`, () => {
    it('has a well-formed spec and every function', () => checkSpecification(factory));
    it('shows what its spec says: spaces, masks, rewards, ends', () => checkFrames(factory, steps));
    it('repeats itself for equal seeds and actions', () => checkSeeds(factory, few));
    it(random ? 'differs for other seeds' : 'holds no chance', () => checkChance(factory, few, random));
    it('keeps its copies apart', () => checkCopies(factory, few));
    it('goes on to the bit when saved and restored', () => checkSnapshots(factory, few));
  });
};
