import type { EnvironmentFactory, VectorEnvironment } from '../environment';
import { createActions, createFrame, type Frame } from '../frame';
import { type Random, randomFrom } from '../random';
import { randomActionOf } from '../randomAction';
import { createEnvironment } from '../vectorize';
import { during } from './fault';

/** A world that is stepped with random actions, of which each copy has its own stream. */
export interface Player {
  readonly world: VectorEnvironment;
  readonly frame: Frame;
  /** Where the actions of each copy come from. */
  readonly streams: readonly Random[];
  /** Steps so far. */
  steps: number;
  reset(seed: number): void;
  /** Choose allowed actions at random, and step. @param chosen called between the two. */
  step(chosen?: () => void): void;
}

/** Which streams the actions come from: one seed for each copy. */
export const createPlayer = (factory: EnvironmentFactory, actionSeeds: readonly number[]): Player => {
  const copies = actionSeeds.length;
  const world = createEnvironment(factory, copies);
  const { spec } = world;
  const frame = createFrame(spec, copies);
  const actions = createActions(spec, copies);
  const streams = actionSeeds.map((seed) => randomFrom(seed, 'actions'));

  const draw = randomActionOf(spec);
  const team = spec.agents.length;

  return {
    world,
    frame,
    streams,
    steps: 0,
    reset(seed) {
      during(spec.id, 'reset', () => world.reset(randomFrom(seed, 'contract'), frame));
    },
    step(chosen) {
      for (const [copy, stream] of streams.entries()) {
        for (let agent = 0; agent < team; agent++) {
          draw(agent, copy * team + agent, frame.availableActions, stream, actions);
        }
      }
      chosen?.();
      this.steps++;
      during(spec.id, `step ${this.steps}`, () => world.step(actions, frame));
    },
  };
};
