import type { EnvironmentFactory, VectorEnvironment } from '../environment';
import { createActions, createFrame, type Frame, layoutOf } from '../frame';
import { type Random, randomFrom } from '../random';
import { type BoxSpace, boundOf, widthOf } from '../space';
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

const drawBox = (space: BoxSpace, entry: number, random: Random): number => {
  const [low, high] = [boundOf(space.low, entry), boundOf(space.high, entry)];
  if (Number.isFinite(low) && Number.isFinite(high)) return low + (high - low) * random.uniform();
  return Math.min(high, Math.max(low, random.normal()));
};

const drawDiscrete = (available: Uint8Array, random: Random): number => {
  let left = random.integer(available.reduce((sum, each) => sum + each, 0));
  return available.findIndex((each) => each === 1 && left-- === 0);
};

/** Which streams the actions come from: one seed for each copy. */
export const createPlayer = (factory: EnvironmentFactory, actionSeeds: readonly number[]): Player => {
  const copies = actionSeeds.length;
  const world = createEnvironment(factory, copies);
  const { spec } = world;
  const layout = layoutOf(spec);
  const frame = createFrame(spec, copies);
  const actions = createActions(spec, copies);
  const streams = actionSeeds.map((seed) => randomFrom(seed, 'actions'));

  const draw = (copy: number, agent: number): void => {
    const { action } = spec.agents[agent];
    const row = copy * layout.agents + agent;
    const at = row * layout.actionWidth;
    if (action.kind === 'box') {
      for (let entry = 0; entry < widthOf(action); entry++) {
        actions[at + entry] = drawBox(action, entry, streams[copy]);
      }
    } else {
      const first = row * layout.actionCount;
      actions[at] = drawDiscrete(frame.availableActions.subarray(first, first + action.size), streams[copy]);
    }
  };

  return {
    world,
    frame,
    streams,
    steps: 0,
    reset(seed) {
      during(spec.id, 'reset', () => world.reset(randomFrom(seed, 'contract'), frame));
    },
    step(chosen) {
      for (let copy = 0; copy < copies; copy++) {
        for (let agent = 0; agent < layout.agents; agent++) draw(copy, agent);
      }
      chosen?.();
      this.steps++;
      during(spec.id, `step ${this.steps}`, () => world.step(actions, frame));
    },
  };
};
