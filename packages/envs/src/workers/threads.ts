import {
  ConfigurationError,
  EnvironmentError,
  type EnvironmentFactory,
  type Frame,
  layoutOf,
  type State,
  stateTree,
  type VectorEnvironment,
} from '@murmuration/core';
import { type Helper, startHelper } from './helper';
import { copyStep, createSharedFrame, isShared, rowsOf } from './sharedFrame';
import { parentOf, splitStreams } from './streams';
import { createShard } from './world';

export interface ThreadsInput {
  /** Options of the world, as its family takes them. */
  readonly options?: object;
  /** How many threads step, this one among them (default 2); never more than there are copies. */
  readonly threads?: number;
  /** Where the workers' program is, for bundlers that move it: `dist/workers/worker.js` of this package. */
  readonly program?: URL;
}

/** Have all do their part, this thread `here`; wait for everybody, so that nobody is left halfway, then tell of errors. */
const together = (helpers: readonly Helper[], here: () => void): (State | undefined)[] => {
  const errors: unknown[] = [];
  const trying = <T>(act: () => T): T | undefined => {
    try {
      return act();
    } catch (error) {
      errors.push(error);
      return undefined;
    }
  };
  trying(here);
  const heard = helpers.map((helper) => trying(() => helper.hear()));
  if (errors.length > 0) throw errors[0];
  return heard;
};

/** A frame as the threads see it: its number for the workers, the rows of this thread, and what must be copied. */
interface Parts {
  readonly number: number;
  readonly here: Frame;
  /** Where workers wrote, and where that belongs; nothing where the frame itself is in shared memory. */
  readonly copied: readonly (readonly [Frame, Frame])[];
}

/** Tells the workers of each frame once. */
const createParts = (staging: Frame, helpers: readonly Helper[], own: number): ((frame: Frame) => Parts) => {
  const numbers = new WeakMap<Frame, number>();
  const known = new WeakMap<Frame, Parts>();
  let count = 0;
  const tell = (frame: Frame): number => {
    const number = numbers.get(frame) ?? count++;
    if (!numbers.has(frame)) {
      for (const helper of helpers) helper.send({ frame: rowsOf(frame, helper.from, helper.to) });
    }
    numbers.set(frame, number);
    return number;
  };
  const take = (frame: Frame): Parts => {
    const target = isShared(frame) ? frame : staging;
    const rows = ({ from, to }: Helper) => [rowsOf(target, from, to), rowsOf(frame, from, to)] as const;
    return {
      number: tell(target),
      here: rowsOf(frame, 0, own),
      copied: target === frame ? [] : helpers.map(rows),
    };
  };
  return (frame) => {
    const parts = known.get(frame) ?? take(frame);
    known.set(frame, parts);
    return parts;
  };
};

/** The copies of a state from one on, numbered anew, as many as there are of them: `copy7` becomes `copy0`. */
const part = (state: State, from: number, to: number, shift: number): [string, State][] =>
  Array.from({ length: to - from }, (_, copy) => [
    `copy${from + copy + shift}`,
    stateTree(state, `copy${from + copy}`),
  ]);

const create = (id: string, { options, program, threads = 2 }: ThreadsInput, copies: number) => {
  const count = Math.min(threads, copies);
  const edges = Array.from({ length: count + 1 }, (_, thread) => Math.ceil((thread * copies) / count));
  const own = createShard(id, options, edges[1]);
  const { spec } = own;
  const { agents, actionWidth } = layoutOf(spec);
  const width = agents * actionWidth;
  const script = program ?? new URL('./worker.js', import.meta.url);
  const helpers = edges
    .slice(1, -1)
    .map((from, thread) => startHelper(script, id, options, [from, edges[thread + 2]], width));
  let open = true;
  const dispose = (): void => {
    if (!open) return;
    open = false;
    for (const helper of helpers) helper.stop();
    own.dispose?.();
  };
  try {
    together(helpers, () => {});
  } catch (error) {
    dispose();
    throw error;
  }
  const partsOf = createParts(createSharedFrame(spec, copies), helpers, edges[1]);
  const ready = (): void => {
    if (!open)
      throw new EnvironmentError('@murmuration/envs', `${id} in threads is disposed of; make another`);
  };

  const world: VectorEnvironment = {
    ...{ spec, copies, dispose },
    reset(random, frame) {
      ready();
      const { number, here, copied } = partsOf(frame);
      const streams = splitStreams(random, copies);
      for (const helper of helpers) {
        helper.send({ streams: streams.slice(helper.from, helper.to) });
        helper.ask('reset', number);
      }
      together(helpers, () => own.reset(parentOf(streams), here));
      for (const [from, to] of copied) copyStep(from, to);
    },
    step(actions, frame) {
      ready();
      const { number, here, copied } = partsOf(frame);
      for (const helper of helpers) {
        const first = helper.from * width;
        for (let index = 0; index < helper.actions.length; index++)
          helper.actions[index] = actions[first + index];
        helper.ask('step', number);
      }
      together(helpers, () => own.step(actions, here));
      for (const [from, to] of copied) copyStep(from, to);
    },
    save() {
      ready();
      for (const helper of helpers) helper.ask('save');
      const saved = [own.save()];
      const others = together(helpers, () => {}) as State[];
      const starts = edges.slice(0, -1);
      return Object.fromEntries(
        [...saved, ...others].flatMap((state, thread) =>
          part(state, 0, edges[thread + 1] - starts[thread], starts[thread]),
        ),
      );
    },
    restore(state) {
      ready();
      const states = edges
        .slice(0, -1)
        .map((from, thread) => Object.fromEntries(part(state, from, edges[thread + 1], -from)));
      for (const [number, helper] of helpers.entries()) {
        helper.send({ state: states[number + 1] });
        helper.ask('restore');
      }
      together(helpers, () => own.restore(states[0]));
    },
  };
  return world;
};

/**
 * A world whose copies step in several threads at once: workers, and the thread that calls. What comes of a seed is what
 * one thread would bring, to the bit, and saved states fit either. Worth it where a step of all copies takes longer than
 * about 0.1 ms. Waiting is synchronous, so it runs in Node, Deno and Bun, not on a page.
 *
 * Frames of {@link createSharedFrame} are written in place; of others, the workers' part is copied.
 * @param id such as `smax/27m_vs_30m`; any world of this package. Where its family has a `load`, await that first.
 * @throws ConfigurationError for an unknown world or option, or a number of threads that is none. Errors in a worker
 *   become EnvironmentErrors of the call in which they happened.
 */
export const inThreads = (id: string, input: ThreadsInput = {}): EnvironmentFactory => {
  const { threads = 2 } = input;
  if (!Number.isInteger(threads) || threads < 1 || threads > 256) {
    const message = `${id}: threads is ${threads}; give a whole number from 1 to 256`;
    throw new ConfigurationError('@murmuration/envs', message);
  }
  return ({ copies }) => create(id, input, copies);
};
