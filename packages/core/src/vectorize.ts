import type { Environment, EnvironmentFactory, EnvironmentSpec, VectorEnvironment } from './environment';
import { EnvironmentError } from './errors';
import { type Frame, layoutOf } from './frame';
import { type CopyViews, createFrameViews, type MomentViews } from './frameViews';
import { type Random, randomFrom } from './random';
import type { Scene } from './scene';
import { createSpectators } from './spectators';
import { type State, stateTree } from './state';

/** One copy with its stream. */
interface Slot {
  readonly world: Environment;
  random: Random;
  readonly actions: Float32Array;
}

/** Write everything one copy shows now. */
const writeMoment = (world: Environment, into: MomentViews): void => {
  into.allObservations.fill(0);
  into.state.fill(0);
  into.allAvailable.fill(0);
  for (let agent = 0; agent < into.observations.length; agent++) {
    world.observe(agent, into.observations[agent]);
    const available = into.available[agent];
    if (available.length > 0) {
      available.fill(1);
      world.availableActions?.(agent, available);
    }
    into.active[agent] = world.active === undefined || world.active(agent) ? 1 : 0;
  }
  world.state(into.state);
};

const drawingOf = (world: Environment): Scene => {
  if (world.draw) return world.draw();
  const message = `${world.spec.id}: one copy can be drawn and another cannot; give every copy draw, or none`;
  throw new EnvironmentError('@murmuration/core', message);
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

  const spectators = first.draw && createSpectators(copies, (copy) => drawingOf(slots[copy].world));

  // A run alternates between two frames; each keeps its views for as long as it lives.
  const known = new WeakMap<Frame, CopyViews[]>();
  const viewsOf = (frame: Frame): CopyViews[] => {
    let views = known.get(frame);
    if (!views) {
      views = createFrameViews(spec, frame);
      known.set(frame, views);
    }
    return views;
  };

  return {
    spec,
    copies,
    reset(random, frame) {
      const views = viewsOf(frame);
      for (let copy = 0; copy < copies; copy++) {
        const slot = slots[copy];
        slot.random = random.split();
        slot.world.reset(slot.random);
        writeMoment(slot.world, views[copy].now);
        spectators?.show(copy, true);
      }
      frame.started.fill(1);
      frame.rewards.fill(0);
      frame.terminated.fill(0);
      frame.truncated.fill(0);
    },
    step(actions, frame) {
      const views = viewsOf(frame);
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
        spectators?.show(copy, false);
        if (over) {
          writeMoment(world, views[copy].final);
          world.metrics?.(views[copy].metrics);
          world.reset(random);
          spectators?.show(copy, true);
        }
        writeMoment(world, views[copy].now);
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
    ...(spectators && { watch: spectators.watch }),
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

/**
 * What a world is, seen in one copy that is given up again.
 * @throws EnvironmentError where the factory returns no environment.
 */
export const specOf = (factory: EnvironmentFactory): EnvironmentSpec => {
  const world = createEnvironment(factory, 1);
  world.dispose?.();
  return world.spec;
};
