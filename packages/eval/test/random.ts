import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomSource } from '../src/bootstrap.js';

export const seeded = (seed: number): RandomSource => {
  const generator = xoroshiro128plus(seed);
  return { integer: (below) => uniformInt(generator, 0, below - 1) };
};
