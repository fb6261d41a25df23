import {
  createParameters,
  disposeParameters,
  mul,
  type Parameters,
  ready,
  type Scalar,
  sum,
  tensor1d,
} from '@murmuration/core/tensors';
import { beforeAll, expect, it } from 'vitest';
import { differentiate } from './descend';

beforeAll(ready);

const addNothing = async (): Promise<void> => {};

const create = () => createParameters({ weights: { shape: [2], data: Float32Array.of(2, 3) } });

/** Σ weights · values and, beside it, Σ values. */
const measureOf =
  ({ weights }: Parameters, values: readonly number[]) =>
  () => ({
    loss: sum(mul(weights, tensor1d([...values]))) as Scalar,
    others: [sum(tensor1d([...values])) as Scalar],
  });

it('sums gradients and measures over pieces', async () => {
  const parameters = create();
  const pieces = [
    [1, 10],
    [4, 20],
    [-2, 0],
  ].map((values) => measureOf(parameters, values));
  const { gradients, measures } = await differentiate(parameters, { pieces, others: 1 }, addNothing);
  expect([...(await gradients.weights.data())]).toEqual([3, 30]);
  expect([...measures]).toEqual([96, 33]);
  gradients.weights.dispose();
  disposeParameters(parameters);
});

it('gives zeros where a worker has no piece of a minibatch', async () => {
  const parameters = create();
  const { gradients, measures } = await differentiate(parameters, { pieces: [], others: 2 }, addNothing);
  expect([...(await gradients.weights.data())]).toEqual([0, 0]);
  expect([...measures]).toEqual([0, 0, 0]);
  gradients.weights.dispose();
  disposeParameters(parameters);
});
