import { beforeAll, describe, expect, it } from 'vitest';
import { randomFrom } from '../random';
import * as tf from '.';

beforeAll(() => tf.ready());

const value = (shape: number[], ...data: number[]) => ({ shape, data: Float32Array.from(data) });

describe('dense networks', () => {
  it('compute activation(x·w + b) layer by layer, nothing after the last', async () => {
    const network = tf.createDense(randomFrom(0), { inputs: 2, hidden: [2], outputs: 1 });
    tf.restoreParameters(network.parameters, {
      '0.weight': value([2, 2], 1, -1, 2, 1),
      '0.bias': value([2], 0.5, 0),
      '1.weight': value([2, 1], 1, 10),
      '1.bias': value([1], -3),
    });
    // hidden: relu([1 + 4 + .5, −1 + 2]) = [5.5, 1] and relu([−1 + .5, 1]) = [0, 1]
    const output = network.forward(tf.tensor2d([1, 2, -1, 0], [2, 2]));
    expect([...(await output.data())]).toEqual([12.5, 7]);
    output.dispose();
    tf.disposeParameters(network.parameters);
  });

  it('start from the same weights for the same seed, biases 0', async () => {
    const shape = { inputs: 3, hidden: [4], outputs: 2 };
    const networks = [1, 1, 2].map((seed) => tf.createDense(randomFrom(seed), shape));
    const [a, b, c] = await Promise.all(networks.map(({ parameters }) => tf.saveParameters(parameters)));
    expect(a).toEqual(b);
    expect(a['0.weight']).not.toEqual(c['0.weight']);
    expect(a['1.bias']).toEqual(value([2], 0, 0));
    for (const { parameters } of networks) tf.disposeParameters(parameters);
  });
});

describe('initialisers', () => {
  it('keep within their bounds and fill them', () => {
    for (const [initialise, bound] of [
      [tf.heUniform, Math.sqrt(6 / 50)],
      [tf.glorotUniform, Math.sqrt(6 / 80)],
      [tf.torchUniform, 1 / Math.sqrt(50)],
    ] as const) {
      const { shape, data } = initialise(randomFrom(1), 50, 30);
      expect(shape).toEqual([50, 30]);
      const largest = Math.max(...data.map(Math.abs));
      expect(largest).toBeLessThanOrEqual(bound);
      expect(largest).toBeGreaterThan(0.99 * bound);
    }
  });

  it.each([
    [5, 3],
    [3, 5],
    [4, 4],
  ])('orthogonal: %d by %d has orthonormal rows or columns, times its gain', (inputs, outputs) => {
    const { data } = tf.orthogonal(2)(randomFrom(1), inputs, outputs);
    const count = Math.min(inputs, outputs);
    const entry = (vector: number, index: number) =>
      inputs <= outputs ? data[vector * outputs + index] : data[index * outputs + vector];
    for (let a = 0; a < count; a++) {
      for (let b = 0; b < count; b++) {
        let product = 0;
        for (let index = 0; index < Math.max(inputs, outputs); index++)
          product += entry(a, index) * entry(b, index);
        expect(product).toBeCloseTo(a === b ? 4 : 0, 5);
      }
    }
  });
});

describe('constants', () => {
  it('keep the gradient from flowing through them', async () => {
    const parameters = tf.createParameters({ w: value([2], 3, -1) });
    const { loss, gradients } = tf.gradientsOf(
      () => tf.sum(tf.mul(parameters.w, tf.constantOf(parameters.w, tf.square))) as tf.Scalar,
      parameters,
    );
    expect((await loss.data())[0]).toBe(27 - 1);
    expect([...(await gradients.w.data())]).toEqual([9, 1]);
  });
});

describe('parameters', () => {
  it('follow others at a rate, and copy at rate 1', async () => {
    const source = tf.createParameters({ w: value([2], 1, 2) });
    const target = tf.createParameters({ w: value([2], 0, 0) });
    tf.followParameters(target, source, 0.25);
    expect([...(await target.w.data())]).toEqual([0.25, 0.5]);
    tf.followParameters(target, source, 1);
    expect([...(await target.w.data())]).toEqual([1, 2]);
    const before = tf.memory().numTensors;
    tf.followParameters(target, source, 0.5);
    tf.followParameters(target, source, 1);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('change nothing where a weight is missing or has another shape', async () => {
    const parameters = tf.createParameters({ a: value([2], 1, 2), b: value([1], 3) });
    expect(() => tf.restoreParameters(parameters, { a: value([2], 8, 9) })).toThrow('missing');
    expect(() => tf.restoreParameters(parameters, { a: value([2], 8, 9), b: value([2], 0, 0) })).toThrow(
      '[1]',
    );
    expect([...(await parameters.a.data())]).toEqual([1, 2]);
  });

  it('are joined under names of networks and taken apart again', () => {
    const [a, b] = [tf.createParameters({ w: value([1], 1) }), tf.createParameters({ w: value([1], 2) })];
    const joined = tf.joinParameters({ a, ab: b });
    expect(Object.keys(joined)).toEqual(['a/w', 'ab/w']);
    expect(tf.parametersOf(joined, 'a')).toEqual({ w: a.w });
  });

  it('give gradients by name, none for what the loss does not use', async () => {
    const parameters = tf.joinParameters({
      used: tf.createParameters({ w: value([2], 3, -1) }),
      idle: tf.createParameters({ w: value([1], 1) }),
    });
    const { loss, gradients } = tf.gradientsOf(() => tf.sum(tf.square(parameters['used/w'])) as tf.Scalar, {
      'used/w': parameters['used/w'],
    });
    expect((await loss.data())[0]).toBe(10);
    expect(Object.keys(gradients)).toEqual(['used/w']);
    expect([...(await gradients['used/w'].data())]).toEqual([6, -2]);
  });
});
