import {
  createReplayBuffer,
  type EnvironmentSpec,
  type Experience,
  ended,
  layoutOf,
  type Random,
  type State,
  stateNumber,
  stateTree,
  widthOf,
} from '@murmuration/core';
import { type Tensor2D, tensor2d } from '@murmuration/core/tensors';
import { sizesOf, type TimeLimit } from '../tabular/transition';

export interface ReplayOptions {
  readonly batchSize: number;
  readonly capacity: number;
  /** Transitions before the first batch. */
  readonly start: number;
  /** Transitions between batches. */
  readonly every: number;
}

/** Transitions drawn from memory, in the numbers of frames: `[rows, width]` for each field. */
export interface DeepBatch {
  readonly rows: number;
  readonly observations: Float32Array;
  readonly actions: Int32Array;
  /** The global states s′ that were reached. */
  readonly successors: Float32Array;
  readonly rewards: Float32Array;
  /** What the next decisions are made upon. */
  readonly nexts: Float32Array;
  /** Which actions can be taken next, `[rows, action]`. */
  readonly available: Uint8Array;
  /** 1 where nothing follows. */
  readonly ended: Uint8Array;
}

/** Replay memory of one agent, and when it is time to learn from it. */
export interface ReplayExperience extends Experience<DeepBatch> {
  idle(copies: number): void;
  save(): State;
  restore(state: State): void;
}

export const createExperience = (
  spec: EnvironmentSpec,
  agent: number,
  { batchSize, capacity, start, every }: ReplayOptions,
  timeLimit: TimeLimit,
  random: Random,
): ReplayExperience => {
  const { agents, observationWidth, stateWidth, actionWidth, actionCount } = layoutOf(spec);
  const { actions: choices } = sizesOf(spec, agent);
  const width = widthOf(spec.agents[agent].observation);
  const memory = createReplayBuffer(capacity, {
    observations: { type: Float32Array, width },
    actions: { type: Int32Array, width: 1 },
    successors: { type: Float32Array, width: stateWidth },
    rewards: { type: Float32Array, width: 1 },
    nexts: { type: Float32Array, width },
    available: { type: Uint8Array, width: choices },
    ended: { type: Uint8Array, width: 1 },
  });
  let due = 0;

  const copyRow = (
    to: Float32Array | Uint8Array,
    row: number,
    size: number,
    from: ArrayLike<number>,
    start: number,
  ): void => {
    for (let entry = 0; entry < size; entry++) to[row * size + entry] = from[start + entry];
  };

  return {
    observe(before, actions, after) {
      const { columns } = memory;
      for (let copy = 0; copy < before.copies; copy++) {
        const own = copy * agents + agent;
        const row = memory.append();
        const over = ended(after, copy);
        const state = over ? after.finalState : after.state;
        const next = over ? after.finalObservations : after.observations;
        copyRow(columns.observations, row, width, before.observations, own * observationWidth);
        copyRow(columns.successors, row, stateWidth, state, copy * stateWidth);
        copyRow(columns.nexts, row, width, next, own * observationWidth);
        const available = over ? after.finalAvailableActions : after.availableActions;
        copyRow(columns.available, row, choices, available, own * actionCount);
        columns.actions[row] = actions[own * actionWidth];
        columns.rewards[row] = after.rewards[own];
        columns.ended[row] = over && (after.terminated[copy] === 1 || timeLimit === 'terminal') ? 1 : 0;
      }
      due += before.copies;
    },
    idle(copies) {
      due += copies;
    },
    take() {
      if (memory.size < start) due = 0;
      if (due < every) return undefined;
      due -= every;
      return { rows: batchSize, ...memory.sample(random, batchSize) };
    },
    save: () => ({ memory: memory.save(), random: random.save(), due }),
    restore(state) {
      memory.restore(stateTree(state, 'memory'));
      random.restore(stateTree(state, 'random'));
      due = stateNumber(state, 'due');
    },
  };
};

/** Which actions can be taken next, as a tensor `[rows, action]`. */
export const availableOf = ({ available, rows }: DeepBatch): Tensor2D =>
  tensor2d(Float32Array.from(available), [rows, available.length / rows]);
