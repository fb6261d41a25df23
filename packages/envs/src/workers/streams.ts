import { type Random, randomFrom, type State } from '@murmuration/core';

/** What a world splits off when it is reset, a stream for each copy, as something that can be sent. */
export const splitStreams = (random: Random, copies: number): State[] =>
  Array.from({ length: copies }, () => random.split().save());

/** A stream whose children are those, in order. */
export const parentOf = (streams: readonly State[]): Random => {
  let count = 0;
  return {
    ...randomFrom(0),
    split() {
      const random = randomFrom(0);
      random.restore(streams[count++]);
      return random;
    },
  };
};
