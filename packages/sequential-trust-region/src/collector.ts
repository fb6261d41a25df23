import {
  createRolloutBuffer,
  type Decision,
  type EnvironmentSpec,
  type Frame,
  layoutOf,
  type Random,
  type Rollout,
  type RolloutBuffer,
  type Shard,
  type State,
  stateArray,
  stateTree,
} from '@murmuration/core';
import { type Acting, createActing } from './acting';
import type { Actor } from './actor';
import { eachAgent } from './policy';
import { createStreams, type Streams } from './streams';

export interface CollectorOptions {
  /** Steps of each copy in a rollout. */
  readonly steps: number;
  /** Steps of a training sequence. */
  readonly length: number;
  readonly copies: number;
  readonly shard: Shard;
}

/** Acts in so many copies and keeps what happened. */
export interface Collector {
  act(frame: Frame, actions: Float32Array): Promise<void>;
  observe(before: Frame, after: Frame): void;
  take(): Rollout | undefined;
  save(): State;
  restore(state: State): void;
}

/** @param random the stream from which each copy's own is split */
export const createCollector = (
  spec: EnvironmentSpec,
  actors: readonly Actor[],
  { steps, length, copies, shard }: CollectorOptions,
  random: Random,
): Collector => {
  const { actionWidth } = layoutOf(spec);
  const rows = copies * spec.agents.length;
  const streams: Streams = createStreams(random, copies, shard);
  const acting: Acting = createActing(spec, actors, copies);
  const memoryWidth = acting.memory.length / rows;
  const buffer: RolloutBuffer = createRolloutBuffer(spec, { steps, copies, memoryWidth, stretch: length });
  const actionsDrawn = new Float32Array(rows * actionWidth);
  const logProbabilities = new Float32Array(rows);
  const memory = new Float32Array(acting.memory.length);
  const decision: Decision = { actions: actionsDrawn, logProbabilities, memory };
  return {
    async act(frame, actions) {
      if (buffer.length % length === 0) memory.set(acting.memory);
      for (const { head } of actors) await head.refresh();
      const outputs = await acting.look(frame);
      eachAgent(spec, actors, frame, outputs, ({ head }, row, output, available) => {
        const from = row * actionWidth;
        const drawn = actionsDrawn.subarray(from, from + actionWidth);
        const stream = streams.of[Math.floor(row / spec.agents.length)];
        logProbabilities[row] = head.draw(stream, output, available, drawn);
        head.toWorld(drawn, actions.subarray(from, from + actionWidth));
      });
    },
    observe: (before, after) => buffer.append(before, decision, after),
    take: () => buffer.take(),
    save: () => ({ buffer: buffer.save(), memory: acting.memory.slice(), streams: streams.save() }),
    restore(state) {
      buffer.restore(stateTree(state, 'buffer'));
      acting.memory.set(stateArray(state, 'memory', Float32Array, acting.memory.length));
      streams.restore(stateTree(state, 'streams'));
    },
  };
};
