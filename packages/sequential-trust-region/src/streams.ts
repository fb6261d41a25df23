import { type Random, type State, stateTree } from '@murmuration/core';

/** A random stream for each copy, so that what a copy does never depends on how many there are beside it. */
export interface Streams {
  readonly of: readonly Random[];
  save(): State;
  restore(state: State): void;
}

export const createStreams = (random: Random, copies: number): Streams => {
  const streams = Array.from({ length: copies }, () => random.split());
  return {
    of: streams,
    save: () => Object.fromEntries(streams.map((stream, copy) => [`${copy}`, stream.save()])),
    restore(state) {
      for (const [copy, stream] of streams.entries()) stream.restore(stateTree(state, `${copy}`));
    },
  };
};
