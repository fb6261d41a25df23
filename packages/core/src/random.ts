import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { State } from './state';
import { stateArray } from './state';

/** A seeded stream of random numbers whose whole state can be saved. Every random choice comes from one. */
export interface Random {
  /** Uniform in [0, 1), 53 bits. */
  uniform(): number;
  /** Uniform in 0 … below − 1. `below` is a positive integer up to 2³¹. */
  integer(below: number): number;
  /** Standard normal. */
  normal(): number;
  /** An independent stream; this one moves on. */
  split(): Random;
  save(): State;
  restore(state: State): void;
}

/** Final mix of MurmurHash3: every bit of the input moves every bit of the output. */
const mix = (word: number): number => {
  let h = word | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) | 0;
};

/** Four words from a path such as `(7, 'evaluation', 5000)`: equal paths give equal streams, others do not meet. */
const seedWords = (path: readonly (number | string)[]): [number, number, number, number] => {
  const text = JSON.stringify(path);
  const words = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0x6a09e667].map((start) => {
    let h = start | 0;
    for (let index = 0; index < text.length; index++)
      h = mix(h ^ Math.imul(text.charCodeAt(index) + 1, 0x9e3779b1));
    return h;
  });
  return words as [number, number, number, number];
};

const create = (words: readonly number[]): Random => {
  // xoroshiro128+ must not start from four zeros.
  const generator = xoroshiro128plusFromState(words.every((word) => word === 0) ? [1, 0, 0, 0] : words);
  let source = generator;
  let spare = Number.NaN;
  const random: Random = {
    uniform: () => uniformFloat64(source),
    integer: (below) => uniformInt(source, 0, below - 1),
    normal: () => {
      if (!Number.isNaN(spare)) {
        const kept = spare;
        spare = Number.NaN;
        return kept;
      }
      // Box and Muller (1958); 1 − u keeps the logarithm finite.
      const radius = Math.sqrt(-2 * Math.log(1 - uniformFloat64(source)));
      const angle = 2 * Math.PI * uniformFloat64(source);
      spare = radius * Math.sin(angle);
      return radius * Math.cos(angle);
    },
    split: () => create([1, 2, 3, 4].map((salt) => mix(source.next() ^ Math.imul(salt, 0x9e3779b9)))),
    save: () => ({ words: Int32Array.from(source.getState()), spare: Float64Array.of(spare) }),
    restore: (state) => {
      source = xoroshiro128plusFromState(Array.from(stateArray(state, 'words', Int32Array, 4)));
      spare = stateArray(state, 'spare', Float64Array, 1)[0];
    },
  };
  return random;
};

/**
 * The stream that belongs to a seed and, below it, to a purpose.
 * @param seed any integer.
 * @param path for example `'evaluation', 5000`: each path has its own stream, whatever the others have drawn.
 */
export const randomFrom = (seed: number, ...path: readonly (number | string)[]): Random =>
  create(seedWords([seed, ...path]));
