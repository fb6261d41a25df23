import { type Random, type Shard, type State, stateTree } from '@murmuration/core';

/**
 * A random stream for each copy, so that what a copy does never depends on how many there are beside it, nor on which
 * worker steps it.
 */
export interface Streams {
  readonly of: readonly Random[];
  save(): State;
  restore(state: State): void;
}

/** @param copies of this worker; `random` is split for those of the workers before it first */
export const createStreams = (random: Random, copies: number, { rank }: Shard): Streams => {
  for (let copy = 0; copy < rank * copies; copy++) random.split();
  const streams = Array.from({ length: copies }, () => random.split());
  return {
    of: streams,
    save: () => Object.fromEntries(streams.map((stream, copy) => [`${copy}`, stream.save()])),
    restore(state) {
      for (const [copy, stream] of streams.entries()) stream.restore(stateTree(state, `${copy}`));
    },
  };
};
