import { randomFrom } from '@murmuration/core';
import {
  add,
  createDense,
  createGru,
  type Gradients,
  gaussianDivergence,
  gradientsOf,
  joinParameters,
  mean,
  mul,
  type Parameters,
  ready,
  reshape,
  type Scalar,
  scalar,
  sum,
  type Tensor,
  tensor,
  tensor1d,
  tidy,
  zeros,
} from '@murmuration/core/tensors';
import { beforeAll, describe, expect, it } from 'vitest';
import { conjugateGradient } from './conjugateGradient';
import { createFisher } from './fisher';
import { flatten } from './flat';

beforeAll(ready);

const random = randomFrom(1);
const normal = (...shape: number[]): Tensor =>
  tensor(
    Float32Array.from({ length: shape.reduce((size, side) => size * side) }, () => random.normal()),
    shape,
  );

/** Mean divergence of a policy with a recurrent layer from what it was. */
const problem = (activation: 'tanh' | 'relu') => {
  const dense = createDense(random, { inputs: 3, hidden: [5], outputs: 4, activation });
  const gru = createGru(random, { inputs: 4, units: 4 });
  const head = createDense(random, { inputs: 4, hidden: [], outputs: 2 });
  const parameters = joinParameters({ dense: dense.parameters, gru: gru.parameters, head: head.parameters });
  const input = normal(6, 4, 3);
  const forward = (): Tensor => {
    const features = reshape(dense.forward(reshape(input, [24, 3])), [6, 4, 4]) as ReturnType<
      typeof gru.forward
    >;
    return head.forward(reshape(gru.forward(features, zeros([4, 4])), [24, 4]));
  };
  const before = forward();
  const deviation = tensor1d([0.5, 0.8]);
  const divergence = (): Scalar =>
    mean(gaussianDivergence({ mean: before, deviation }, { mean: forward(), deviation })) as Scalar;
  return { parameters, divergence };
};

/** ∇(∇KL · v), which differentiates twice. */
const twice = (divergence: () => Scalar, parameters: Parameters, direction: Gradients): Gradients =>
  gradientsOf(() => {
    const { gradients } = gradientsOf(divergence, parameters);
    return Object.entries(gradients).reduce<Scalar>(
      (total, [name, value]) => add(total, sum(mul(value, direction[name]))) as Scalar,
      scalar(0),
    );
  }, parameters).gradients;

describe('the Fisher product', () => {
  // A nudge carries a few of these 24 samples over the kink of a rectifier; more samples make that smaller.
  it.each([
    ['tanh', 2e-3],
    ['relu', 3e-2],
  ] as const)('is what differentiating twice gives (%s)', async (activation, tolerance) => {
    const { parameters, divergence } = problem(activation);
    const flat = flatten(parameters);
    const start = await flat.read(parameters);
    const fisher = createFisher(start, async (weights) => {
      flat.write(weights);
      const gradients = tidy(() => ({ ...gradientsOf(divergence, parameters).gradients }));
      return flat.read(gradients);
    });
    for (let draw = 0; draw < 4; draw++) {
      const vector = Float64Array.from(start, () => random.normal());
      const found = await fisher(vector);
      flat.write(start);
      const exact = await flat.read(twice(divergence, parameters, flat.split(vector)));
      const difference = Math.hypot(...found.map((value, index) => value - exact[index]));
      expect(difference / Math.hypot(...exact)).toBeLessThan(tolerance);
    }
  });

  it('of nothing is nothing', async () => {
    const fisher = createFisher(new Float64Array(3), async (weights) => weights);
    expect([...(await fisher(new Float64Array(3)))]).toEqual([0, 0, 0]);
  });
});

describe('conjugate gradients', () => {
  it('solve a system in as many steps as it has unknowns', async () => {
    const matrix = [
      [4, 1, 0],
      [1, 3, -1],
      [0, -1, 2],
    ];
    const multiply = async (v: Float64Array) =>
      Float64Array.from(matrix, (row) => row.reduce((total, value, index) => total + value * v[index], 0));
    const { x, curvature } = await conjugateGradient(multiply, Float64Array.of(6, 8, -4), 3);
    [1, 2, -1].forEach((value, index) => {
      expect(x[index]).toBeCloseTo(value, 9);
    });
    expect(curvature).toBeCloseTo(26, 9);
  });
});
