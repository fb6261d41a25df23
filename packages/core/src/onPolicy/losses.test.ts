import { beforeAll, describe, expect, it } from 'vitest';
import { createParameters, gradientsOf, mul, type Scalar, sum, tensor1d } from '../tensors';
import { ready } from '../tensors/ready';
import { clippedSurrogate, clippedValueLoss, huber, weightedMean } from './losses';

beforeAll(ready);

const close = async (found: { data(): Promise<ArrayLike<number>> }, expected: readonly number[]) => {
  const values = await found.data();
  expect(values).toHaveLength(expected.length);
  expected.forEach((value, index) => {
    expect(values[index]).toBeCloseTo(value, 6);
  });
};

const advantages = () => tensor1d([1, -1, 2, -2]);
const ratios = () => tensor1d([1.3, 1.3, 0.7, 0.7]);

describe('the clipped surrogate', () => {
  it('is the pessimistic one of two', async () => {
    // With factors [1.5, 1.5, .6, .6] these are the golden [1.2, -1.3, .84, -.96] before the factor, times it.
    await close(clippedSurrogate(ratios(), advantages(), 0.2), [1.2, -1.3, 1.4, -1.6]);
    const factors = tensor1d([1.5, 1.5, 0.6, 0.6]);
    const clamped = tensor1d([1, 1, 0.6, 0.6]);
    const surrogate = clippedSurrogate(ratios(), advantages(), 0.2);
    await close(mul(surrogate, clamped), [1.2, -1.3, 0.84, -0.96]);
    await close(weightedMean(mul(surrogate, factors), tensor1d([1, 1, 1, 1]), 4), [-0.0675]);
    await close(weightedMean(mul(surrogate, clamped), tensor1d([1, 1, 1, 1]), 4), [-0.055]);
  });

  it('pushes only where it may', async () => {
    const parameters = createParameters({ ratio: { shape: [4], data: Float32Array.of(1.3, 1.3, 0.7, 0.7) } });
    const { gradients } = gradientsOf(
      () => sum(clippedSurrogate(parameters.ratio, advantages(), 0.2)) as Scalar,
      parameters,
    );
    await close(gradients.ratio, [0, -1, 2, 0]);
  });

  it('takes a clip for each sample', async () => {
    const clips = tensor1d([0.2, 0.2, 0.4, 0.1]);
    await close(clippedSurrogate(ratios(), advantages(), clips), [1.2, -1.3, 1.4, -1.8]);
  });
});

describe('value losses', () => {
  it('are quadratic near, linear far, on both sides', async () => {
    await close(huber(tensor1d([0, 1, -1, 3, -3]), 2), [0, 0.5, 0.5, 4, 4]);
    await close(huber(tensor1d([0, 1, -1, 3, -3]), Infinity), [0, 0.5, 0.5, 4.5, 4.5]);
  });

  it('have the gradient of their branch', async () => {
    const parameters = createParameters({ error: { shape: [5], data: Float32Array.of(0, 1, -1, 3, -3) } });
    const { gradients } = gradientsOf(() => sum(huber(parameters.error, 2)) as Scalar, parameters);
    await close(gradients.error, [0, 1, -1, 2, -2]);
  });

  it('forget errors below −δ where they are told, as some codes do by mistake', async () => {
    const parameters = createParameters({ error: { shape: [5], data: Float32Array.of(0, 1, -2, 3, -3) } });
    await close(huber(parameters.error, 2, 'above'), [0, 0.5, 2, 4, 0]);
    const { gradients } = gradientsOf(() => sum(huber(parameters.error, 2, 'above')) as Scalar, parameters);
    await close(gradients.error, [0, 1, -2, 2, 0]);
  });

  it('take the worse of the prediction and the one that is kept near', async () => {
    const loss = clippedValueLoss(
      { prediction: tensor1d([1, 0.1, 3]), before: tensor1d([0, 0, 0]), target: tensor1d([1, 1, 1]) },
      { clip: 0.2, delta: 1.5 },
    );
    await close(loss, [0.32, 0.405, 1.875]);
  });
});
