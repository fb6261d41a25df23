import type { Environment, EnvironmentFactory, EnvironmentSpec, VectorEnvironment } from './environment';
import { EnvironmentError } from './errors';
import { type Frame, layoutOf } from './frame';
import { type Random, randomFrom } from './random';
import { widthOf } from './space';
import { type State, stateTree } from './state';

/** One copy with the views into a frame that belong to it. */
interface Slot {
  readonly world: Environment;
  random: Random;
  readonly actions: Float32Array;
}

const slice = <T extends Float32Array | Uint8Array>(array: T, row: number, width: number): T =>
  array.subarray(row * width, (row + 1) * width) as T;

/** Write everything one copy shows now into `observations`, `state` and the masks given. */
const writeMoment = (
  world: Environment,
  into: { observations: Float32Array; state: Float32Array; available: Uint8Array; active: Uint8Array },
): void => {
  const { agents } = world.spec;
  const observationWidth = into.observations.length / agents.length;
  const actionCount = into.available.length / agents.length;
  into.observations.fill(0);
  into.state.fill(0);
  for (let agent = 0; agent < agents.length; agent++) {
    const { observation, action } = agents[agent];
    const start = agent * observationWidth;
    world.observe(agent, into.observations.subarray(start, start + widthOf(observation)));
    if (actionCount > 0) {
      const first = agent * actionCount;
      const count = action.kind === 'discrete' ? action.size : 0;
      into.available.fill(0, first, first + actionCount);
      into.available.fill(1, first, first + count);
      if (count > 0) world.availableActions?.(agent, into.available.subarray(first, first + count));
    }
    into.active[agent] = (world.active?.(agent) ?? true) ? 1 : 0;
  }
  world.state(into.state);
};

/**
 * Step many copies of a world in turn and write what they show into frames.
 * @param create makes one copy; called `copies` times.
 * @throws EnvironmentError where `copies` is not a positive integer.
 */
export const vectorize = (create: () => Environment, copies: number): VectorEnvironment => {
  if (!Number.isInteger(copies) || copies < 1) {
    throw new EnvironmentError('@murmuration/core', `copies is ${copies}; give a positive integer`);
  }
  const first = create();
  const spec: EnvironmentSpec = first.spec;
  const layout = layoutOf(spec);
  const slots: Slot[] = Array.from({ length: copies }, (_, copy) => ({
    world: copy === 0 ? first : create(),
    random: randomFrom(0),
    actions: new Float32Array(layout.agents * layout.actionWidth),
  }));

  const writeNow = (frame: Frame, copy: number): void =>
    writeMoment(slots[copy].world, {
      observations: slice(frame.observations, copy, layout.agents * layout.observationWidth),
      state: slice(frame.state, copy, layout.stateWidth),
      available: slice(frame.availableActions, copy, layout.agents * layout.actionCount),
      active: slice(frame.active, copy, layout.agents),
    });

  const writeFinal = (frame: Frame, copy: number): void => {
    writeMoment(slots[copy].world, {
      observations: slice(frame.finalObservations, copy, layout.agents * layout.observationWidth),
      state: slice(frame.finalState, copy, layout.stateWidth),
      available: slice(frame.finalAvailableActions, copy, layout.agents * layout.actionCount),
      active: slice(frame.finalActive, copy, layout.agents),
    });
    slots[copy].world.metrics?.(slice(frame.metrics, copy, layout.metrics));
  };

  return {
    spec,
    copies,
    reset(random, frame) {
      for (let copy = 0; copy < copies; copy++) {
        const slot = slots[copy];
        slot.random = random.split();
        slot.world.reset(slot.random);
        writeNow(frame, copy);
      }
      frame.started.fill(1);
      frame.rewards.fill(0);
      frame.terminated.fill(0);
      frame.truncated.fill(0);
    },
    step(actions, frame) {
      for (let copy = 0; copy < copies; copy++) {
        const { world, random, actions: own } = slots[copy];
        const start = copy * own.length;
        for (let index = 0; index < own.length; index++) own[index] = actions[start + index];
        const { reward, terminated, truncated } = world.step(own, random);
        for (let agent = 0; agent < layout.agents; agent++) {
          frame.rewards[copy * layout.agents + agent] = typeof reward === 'number' ? reward : reward[agent];
        }
        const over = terminated || truncated;
        frame.terminated[copy] = terminated ? 1 : 0;
        frame.truncated[copy] = truncated && !terminated ? 1 : 0;
        frame.started[copy] = over ? 1 : 0;
        if (over) {
          writeFinal(frame, copy);
          world.reset(random);
        }
        writeNow(frame, copy);
      }
    },
    save: (): State =>
      Object.fromEntries(
        slots.map(({ world, random }, copy) => [
          `copy${copy}`,
          { world: world.save(), random: random.save() },
        ]),
      ),
    restore(state) {
      slots.forEach(({ world, random }, copy) => {
        const own = stateTree(state, `copy${copy}`);
        world.restore(stateTree(own, 'world'));
        random.restore(stateTree(own, 'random'));
      });
    },
  };
};

const isVector = (world: Environment | VectorEnvironment): world is VectorEnvironment => 'copies' in world;

/**
 * Make `copies` of a world, whichever form its factory gives.
 * @throws EnvironmentError where the factory returns no environment, or another number of copies.
 */
export const createEnvironment = (factory: EnvironmentFactory, copies: number): VectorEnvironment => {
  const world = factory({ copies });
  if (typeof world !== 'object' || world === null || typeof world.spec !== 'object') {
    throw new EnvironmentError(
      '@murmuration/core',
      'the environment factory returned no environment; return an object with a spec',
    );
  }
  if (!isVector(world)) {
    let next: Environment | undefined = world;
    return vectorize(() => {
      const made = next ?? (factory({ copies }) as Environment);
      next = undefined;
      return made;
    }, copies);
  }
  if (world.copies !== copies) {
    throw new EnvironmentError(
      '@murmuration/core',
      `${world.spec.id}: asked for ${copies} copies, the factory made ${world.copies}; pass on what it is asked for`,
    );
  }
  return world;
};
