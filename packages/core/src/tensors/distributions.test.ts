import { beforeAll, describe, expect, it } from 'vitest';
import { randomFrom } from '../random';
import {
  categoricalDivergence,
  gaussianDivergence,
  gaussianEntropy,
  gaussianLogProbability,
  likeliestChoice,
  sampleCategorical,
} from './distributions';
import { logSoftmax, mul, sigmoid, tensor1d, tensor2d } from './operations';
import { ready } from './ready';

beforeAll(ready);

const close = async (found: { data(): Promise<ArrayLike<number>> }, expected: readonly number[]) => {
  const values = await found.data();
  expect(values).toHaveLength(expected.length);
  expected.forEach((value, index) => {
    expect(values[index]).toBeCloseTo(value, 5);
  });
};

describe('the Gaussian', () => {
  it('has the density, the entropy and the divergence of its formula', async () => {
    const mean = tensor2d([[0, 1]]);
    const deviation = tensor1d([1, 0.5]);
    // -½ ln 2π - ½·0.25, and -½ ln 2π - ln ½ - ½·4
    await close(gaussianLogProbability(tensor2d([[0.5, 0]]), mean, deviation), [-1.0439385 - 2.2257914]);
    await close(gaussianEntropy(deviation), [1.4189385 + 0.7257914]);
    const other = { mean: tensor2d([[1, 1]]), deviation: tensor1d([2, 0.5]) };
    await close(gaussianDivergence({ mean, deviation }, other), [Math.log(2) + 2 / 8 - 0.5]);
    await close(gaussianDivergence(other, other), [0]);
  });

  it('begins with the golden deviations', async () => {
    await close(mul(sigmoid(tensor1d([1, 0])), 0.5), [0.36552929, 0.25]);
  });
});

describe('the categorical distribution', () => {
  it('has the divergence of its formula', async () => {
    const p = logSoftmax(tensor2d([[Math.log(0.25), Math.log(0.75)]]));
    const q = logSoftmax(tensor2d([[0, 0]]));
    await close(categoricalDivergence(p, q), [0.25 * Math.log(0.5) + 0.75 * Math.log(1.5)]);
  });

  it('draws what is available, as often as it should', () => {
    const random = randomFrom(4);
    const logits = Float32Array.of(0, Math.log(3), 50, Math.log(4));
    const available = Uint8Array.of(1, 1, 0, 1);
    const counts = [0, 0, 0, 0];
    for (let draw = 0; draw < 8000; draw++) {
      const { choice, logProbability } = sampleCategorical(random, logits, available);
      counts[choice]++;
      expect(logProbability).toBeCloseTo([Math.log(1 / 8), Math.log(3 / 8), 0, Math.log(4 / 8)][choice], 6);
    }
    expect(counts[2]).toBe(0);
    expect(Math.abs(counts[0] - 1000)).toBeLessThan(150);
    expect(Math.abs(counts[1] - 3000)).toBeLessThan(220);
    expect(likeliestChoice(logits, available)).toBe(3);
    expect(likeliestChoice(Float32Array.of(1, 1), Uint8Array.of(1, 1))).toBe(0);
  });
});
