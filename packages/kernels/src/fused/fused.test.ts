import '@tensorflow/tfjs-backend-wasm';
import '../gradients/index.js';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Build, install } from '../index.js';
import { restore } from '../wasm/replace.js';
import { type DenseActivation, dense, denseInOperations } from './dense.js';

fc.configureGlobal({ numRuns: 20 });

type Function_ = (...tensors: tf.Tensor[]) => tf.Tensor;

/** Values in ±2 from a formula: the same for every run of a case. */
const values = (shape: number[], seed: number): tf.Tensor => {
  const size = shape.reduce((product, length) => product * length, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, (_, i) => 2 * Math.sin(12.9898 * (i + 1) * (seed + 1))),
    shape,
  );
};

/** The output of `operation` and the gradients of a weighted sum of it. */
const outputAndGradients = async (operation: Function_, inputs: tf.Tensor[]): Promise<Float32Array[]> => {
  const before = tf.memory().numTensors;
  const tensors = tf.tidy(() => {
    const weigh = (...x: tf.Tensor[]) => {
      const y = operation(...x);
      return tf.sum(tf.mul(y, values(y.shape, 7))) as tf.Scalar;
    };
    return [operation(...inputs), ...tf.grads(weigh)(inputs)];
  });
  const results = await Promise.all(tensors.map(async (tensor) => (await tensor.data()) as Float32Array));
  tf.dispose(tensors);
  expect(tf.memory().numTensors).toBe(before);
  return results;
};

/** Fused against composed: outputs and gradients, by the largest difference relative to the largest entry. */
const expectSame = async (fused: Function_, composed: Function_, shapes: number[][], tolerance = 2e-5) => {
  const inputs = shapes.map(values);
  const [found, expected] = [
    await outputAndGradients(fused, inputs),
    await outputAndGradients(composed, inputs),
  ];
  tf.dispose(inputs);
  for (let k = 0; k < expected.length; k++) {
    expect(found[k].length, `result ${k}`).toBe(expected[k].length);
    const scale = expected[k].reduce((most, value) => Math.max(most, Math.abs(value)), 1);
    const difference = expected[k].reduce(
      (most, value, i) => Math.max(most, Math.abs(value - found[k][i])),
      0,
    );
    expect(difference, `result ${k}`).toBeLessThanOrEqual(tolerance * scale);
  }
};

/** The product of the Hessian of Σ operation² with v, against a difference of gradients. */
const expectSecondOrder = async (operation: Function_, shapes: number[][]) => {
  const inputs = shapes.map(values);
  const directions = shapes.map((shape, i) => values(shape, i + 20));
  const gradient = (x: tf.Tensor[]) =>
    tf.grads((...y: tf.Tensor[]) => tf.sum(tf.square(operation(...y))) as tf.Scalar)(x);
  const dot = (a: tf.Tensor[], b: tf.Tensor[]) =>
    a.reduce<tf.Tensor>((total, each, i) => tf.add(total, tf.sum(tf.mul(each, b[i]))), tf.scalar(0));
  const products = tf.tidy(() =>
    tf.grads((...x: tf.Tensor[]) => dot(gradient(x), directions) as tf.Scalar)(inputs),
  );
  const h = 2e-3;
  const along = (sign: number) => inputs.map((x, i) => tf.add(x, tf.mul(directions[i], sign * h)));
  const differences = tf.tidy(() => {
    const [above, below] = [gradient(along(1)), gradient(along(-1))];
    return above.map((each, i) => tf.div(tf.sub(each, below[i]), 2 * h));
  });
  for (let k = 0; k < inputs.length; k++) {
    const [found, expected] = [await products[k].data(), await differences[k].data()];
    const scale = Array.from(expected).reduce((most, value) => Math.max(most, Math.abs(value)), 1);
    for (let i = 0; i < expected.length; i++) {
      expect(Math.abs(found[i] - expected[i]), `input ${k}, element ${i}`).toBeLessThan(2e-2 * scale);
    }
  }
  tf.dispose([inputs, directions, products, differences]);
};

/** Lengths of batches, nothing among them, and of features. */
const size = fc.integer({ min: 0, max: 7 });
const positive = fc.integer({ min: 1, max: 19 });

describe.each<Build>(['simd', 'relaxed'])('fused operations of the %s build', (build) => {
  beforeAll(async () => {
    await tf.setBackend('wasm');
    expect(await install({ build })).toMatchObject({ installed: true, build });
  });
  afterAll(restore);

  describe('dense', () => {
    const activations: DenseActivation[] = ['linear', 'relu', 'tanh', 'sigmoid'];
    it.each(activations)('%s', async (activation) => {
      await fc.assert(
        fc.asyncProperty(fc.array(size, { maxLength: 3 }), positive, positive, (batch, inputs, units) =>
          expectSame(
            (x, w, b) => dense(x, w as tf.Tensor2D, b, activation),
            (x, w, b) => denseInOperations(x, w as tf.Tensor2D, b, activation),
            [[...batch, inputs], [inputs, units], [units]],
          ),
        ),
      );
    });

    it.each(activations)('%s, differentiated twice', (activation) =>
      expectSecondOrder((x, w, b) => dense(x, w as tf.Tensor2D, b, activation), [[3, 4], [4, 5], [5]]),
    );

    it('refuses shapes that do not fit before it allocates', () => {
      const [x, weight, bias] = [tf.ones([2, 3]), tf.ones([4, 5]) as tf.Tensor2D, tf.ones([5])];
      const before = tf.memory();
      expect(() => dense(x, weight, bias)).toThrow(
        '@murmuration/kernels: dense needs x [..., i], weight [i, u] and bias [u], found x [2,3], weight [4,5], bias [5]',
      );
      expect(tf.memory()).toEqual(before);
      tf.dispose([x, weight, bias]);
    });
  });
});
