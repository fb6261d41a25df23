import { box, discrete, randomFrom } from '@murmuration/core';
import { ready, tensor2d } from '@murmuration/core/tensors';
import { beforeAll, describe, expect, it } from 'vitest';
import { gaussian } from '../config/shared';
import { createCategoricalHead } from './categorical';
import { createGaussianHead } from './gaussian';
import type { Head, Taken } from './head';

beforeAll(ready);

/** Draw from one row, and ask what the graph says of what was drawn. */
const drawAndEvaluate = async (head: Head, output: number[], available: number[]) => {
  await head.refresh();
  const actions = new Float32Array(3).fill(9);
  const drawn = head.draw(randomFrom(2), Float32Array.from(output), Uint8Array.from(available), actions);
  const taken: Taken = {
    rows: 1,
    actions,
    actionWidth: 3,
    available: Uint8Array.from([...available, 0]),
    actionCount: available.length + 1,
  };
  const { logProbability, entropy } = head.evaluate(tensor2d([output]), taken);
  return { drawn, evaluated: (await logProbability.data())[0], entropy: (await entropy.data())[0], taken };
};

describe('a categorical head', () => {
  const head = createCategoricalHead(discrete(3), 'exact');

  it('draws with the probability that the graph gives', async () => {
    const { drawn, evaluated, entropy } = await drawAndEvaluate(head, [0.3, -1, 2], [1, 1, 0]);
    expect(drawn).toBeCloseTo(evaluated, 5);
    const p = 1 / (1 + Math.exp(-1.3));
    expect(entropy).toBeCloseTo(-p * Math.log(p) - (1 - p) * Math.log(1 - p), 5);
  });

  it.each(['exact', 'unweighted'] as const)('compares policies on what is available (%s)', async (kind) => {
    const own = createCategoricalHead(discrete(3), kind);
    const { taken } = await drawAndEvaluate(own, [0, 0, 0], [1, 1, 0]);
    const before = own.describe(tensor2d([[0, 0, 5]]), taken);
    const after = own.describe(tensor2d([[Math.log(3), 0, -5]]), taken);
    const [found] = await own.divergence(before, after, taken).data();
    const differences = [Math.log(0.75 / 0.5), Math.log(0.25 / 0.5)];
    const exact = -0.5 * (differences[0] + differences[1]);
    const unweighted = differences.reduce((sum, d) => sum + Math.exp(d) - 1 - d, 0);
    expect(found).toBeCloseTo(kind === 'exact' ? exact : unweighted, 5);
  });
});

describe('a Gaussian head', () => {
  const space = box([2], [-0.4, 0], [0.4, 1]);

  it.each([
    [{}, 0.36552929],
    [{ deviation: 'exponential' }, 1],
    [{ deviation: 'clipped-exponential', tanhMean: true }, Math.exp(-0.5)],
    [{ start: 0 }, 0.25],
  ] as const)('draws with the density that the graph gives (%o)', async (options, deviation) => {
    const head = createGaussianHead(space, gaussian.parse(options));
    const { drawn, evaluated, entropy } = await drawAndEvaluate(head, [0.3, -1], []);
    expect(drawn).toBeCloseTo(evaluated, 4);
    expect(entropy).toBeCloseTo(2 * (Math.log(deviation) + 0.5 * Math.log(2 * Math.PI * Math.E)), 4);
  });

  it('stays within the bounds of the world, as float32 has them', () => {
    const into = new Float32Array(2);
    const scaled = createGaussianHead(space, gaussian.parse({}));
    scaled.toWorld(Float32Array.of(0.5, 0.5), into);
    expect(into[0]).toBeCloseTo(0.2, 6);
    expect(into[1]).toBeCloseTo(0.75, 6);
    const clipped = createGaussianHead(space, gaussian.parse({ scaleToBounds: false }));
    clipped.toWorld(Float32Array.of(9, -9), into);
    expect(into[0]).toBeLessThanOrEqual(0.4);
    expect(into[0]).toBeCloseTo(0.4, 6);
    expect(into[1]).toBe(0);
    clipped.toWorld(Float32Array.of(-9, 0.3), into);
    expect(into[0]).toBeGreaterThanOrEqual(-0.4);
  });

  it('leaves numbers alone where there are no bounds', () => {
    const into = new Float32Array(1);
    createGaussianHead(box([1]), gaussian.parse({})).toWorld(Float32Array.of(7), into);
    expect(into[0]).toBe(7);
  });

  it('compares policies', async () => {
    const head = createGaussianHead(space, gaussian.parse({ deviation: 'exponential' }));
    const { taken } = await drawAndEvaluate(head, [0, 0], []);
    const before = head.describe(tensor2d([[0, 0]]), taken);
    const after = head.describe(tensor2d([[1, 2]]), taken);
    expect((await head.divergence(before, after, taken).data())[0]).toBeCloseTo((1 + 4) / 2, 5);
  });
});
