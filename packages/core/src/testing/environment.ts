import { describe, it } from 'vitest';
import { checkDrawing } from '../contract/drawing';
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

/** The contract's tests by name; each throws an EnvironmentError where the world breaks it. */
export const environmentTests = (
  factory: EnvironmentFactory,
  { random = true, steps = 1000 }: EnvironmentTestOptions = {},
): readonly (readonly [name: string, check: () => void])[] => {
  const few = Math.min(steps, 200);
  return [
    ['has a well-formed spec and every function', () => checkSpecification(factory)],
    ['shows what its spec says: spaces, masks, rewards, ends', () => checkFrames(factory, steps)],
    ['repeats itself for equal seeds and actions', () => checkSeeds(factory, few)],
    [random ? 'differs for other seeds' : 'holds no chance', () => checkChance(factory, few, random)],
    ['keeps its copies apart', () => checkCopies(factory, few)],
    ['goes on to the bit when saved and restored', () => checkSnapshots(factory, few)],
    ['can be watched, where it draws', () => checkDrawing(factory, few)],
  ];
};

/**
 * Declare the tests that every environment must pass, in a vitest file:
 * `testEnvironment('coordination/3', () => coordination({ agents: 3 }), { random: false })`.
 * @param factory one copy of the world, or its vectorised form; called many times.
 */
export const testEnvironment = (
  name: string,
  factory: EnvironmentFactory,
  options: EnvironmentTestOptions = {},
): void => {
  describe(`${name} keeps the contract of an environment`, () => {
    for (const [test, check] of environmentTests(factory, options)) it(test, check);
  });
};
