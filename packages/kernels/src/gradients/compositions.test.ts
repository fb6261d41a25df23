import * as tf from '@tensorflow/tfjs-core';
import { afterAll, describe, expect, it } from 'vitest';
import {
  type Case,
  discrepancy,
  gradientDifferences,
  hessianProduct,
  type Input,
  spread,
} from '../../test/parity.js';
import './index.js';

// What learners are made of, as people write it; each is differentiated twice, as trust regions do (numerics.md 0.4).
type Composition = [name: string, inputs: Input[], compute: Case['compute']];

const layer = [spread([4, 3], -1, 1, 2), spread([3, 5], -0.8, 0.8, 3), spread([5], 0.1, 0.5, 4)];
const dense =
  (activation: (x: tf.Tensor) => tf.Tensor): Case['compute'] =>
  (x, kernel, bias) =>
    activation(tf.add(tf.matMul(x, kernel), bias));

const logits = spread([3, 4], -2, 2, 5);
const reference = spread([3, 4], -2, 2, 6);

const layerNormalised: Case['compute'] = (x, scale, shift) => {
  const { mean, variance } = tf.moments(x, -1, true);
  return tf.add(tf.mul(tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-3))), scale), shift);
};

/** log N(action; mean, exp(logDeviation)²), summed over the action's dimensions. */
const gaussianLogDensity: Case['compute'] = (mean, logDeviation, action) => {
  const scaled = tf.div(tf.sub(action, mean), tf.exp(logDeviation));
  const constant = 0.5 * Math.log(2 * Math.PI);
  return tf.sum(tf.sub(tf.mul(-0.5, tf.square(scaled)), tf.add(logDeviation, constant)), -1);
};

const divergence: Case['compute'] = (p, q) => {
  const [logP, logQ] = [tf.logSoftmax(p), tf.logSoftmax(q)];
  return tf.sum(tf.mul(tf.exp(logP), tf.sub(logP, logQ)), -1);
};

const gatedRecurrence: Case['compute'] = (x, kernel, hidden) => {
  const [update, candidate] = tf.split(tf.matMul(x, kernel), 2, 1);
  const gate = tf.sigmoid(update);
  return tf.add(tf.mul(tf.sub(1, gate), tf.tanh(candidate)), tf.mul(gate, hidden));
};

const clippedSurrogate: Case['compute'] = (logProbability, old) => {
  const ratio = tf.exp(tf.sub(logProbability, old));
  const advantage = tf.tensor1d([1, -1, 0.5, -2]);
  return tf.minimum(tf.mul(ratio, advantage), tf.mul(tf.clipByValue(ratio, 0.8, 1.2), advantage));
};

const compositions: Composition[] = [
  ['dense relu', layer, dense(tf.relu)],
  ['dense tanh', layer, dense(tf.tanh)],
  ['dense sigmoid', layer, dense(tf.sigmoid)],
  ['dense exp', layer, dense(tf.exp)],
  ['dense log', layer, dense((x) => tf.log(tf.add(tf.square(x), 1)))],
  ['dense softmax', layer, dense((x) => tf.softmax(x))],
  ['dense log-softmax', layer, dense((x) => tf.logSoftmax(x))],
  ['dense softplus', layer, dense(tf.softplus)],
  ['dense elu', layer, dense(tf.elu)],
  ['squared softmax', [logits], (x) => tf.square(tf.softmax(x))],
  ['squared log-softmax', [logits], (x) => tf.square(tf.logSoftmax(x))],
  ['log-softmax used twice', [logits], (x) => tf.mul(tf.logSoftmax(x), tf.softmax(tf.logSoftmax(x)))],
  [
    'cross entropy of logits',
    layer,
    (x, kernel, bias) => {
      const labels = tf.oneHot(tf.tensor1d([4, 0, 2, 2], 'int32'), 5);
      return tf.losses.softmaxCrossEntropy(labels, tf.add(tf.matMul(x, kernel), bias));
    },
  ],
  ['maximum of products', [logits, reference], (x, y) => tf.max(tf.mul(x, y), -1)],
  ['minimum of products', [logits, reference], (x, y) => tf.min(tf.mul(x, y), 0)],
  ['where', [logits, reference], (x, y) => tf.where(tf.greater(x, y), tf.mul(x, y), tf.exp(y))],
  ['logSumExp', [logits], (x) => tf.logSumExp(x, -1)],
  ['layer normalisation', [logits, spread([4], 0.5, 1.5), spread([4], -1, 1)], layerNormalised],
  ['Gaussian log-density', [logits, spread([4], -0.5, 0.5), reference], gaussianLogDensity],
  ['categorical divergence', [logits, reference], divergence],
  ['entropy', [logits], (x) => tf.neg(tf.sum(tf.mul(tf.softmax(x), tf.logSoftmax(x)), -1))],
  [
    'gated recurrence',
    [spread([2, 3], -1, 1), spread([3, 4], -1, 1, 7), spread([2, 2], -1, 1, 8)],
    gatedRecurrence,
  ],
  ['clipped surrogate', [spread([4], -0.7, 0.7), spread([4], -0.1, 0.1, 3)], clippedSurrogate],
  [
    'chosen action value',
    [logits],
    (x) => tf.sum(tf.mul(tf.oneHot(tf.tensor1d([2, 0, 1], 'int32'), 4), tf.square(x)), -1),
  ],
  ['variance and norm', [logits], (x) => tf.add(tf.norm(x), tf.moments(x).variance)],
];

for (const backend of ['cpu', 'wasm']) {
  describe(`Hessian-vector products of compositions on ${backend}`, () => {
    for (const [name, inputs, compute] of compositions) {
      it(name, async () => {
        await tf.setBackend(backend);
        const before = tf.memory().numTensors;
        const tested: Case = { kernel: name, inputs, compute };
        const direction = inputs.map(({ shape }, index) => spread(shape, -1, 1, 30 + index));
        const expected = await gradientDifferences(tested, inputs, direction);
        const actual = await hessianProduct(tested, inputs, direction);
        expect(discrepancy(actual, expected)).toBeLessThan(1e-3);
        expect(tf.memory().numTensors).toBe(before);
      });
    }
  });
}

describe('higher orders', () => {
  afterAll(() => tf.setBackend('wasm'));

  const nested: [string, (x: tf.Tensor) => tf.Tensor, number, number[]][] = [
    // f, x, and f', f'', f''' written out.
    ['exp', tf.exp, 0.5, [Math.exp(0.5), Math.exp(0.5), Math.exp(0.5)]],
    ['square of square', (x) => tf.square(tf.square(x)), 2, [32, 48, 48]],
    ['log', tf.log, 2, [0.5, -0.25, 0.25]],
    ['tanh', tf.tanh, 0, [1, 0, -2]],
    ['sigmoid', tf.sigmoid, 0, [0.25, 0, -0.125]],
    ['softplus', tf.softplus, 0, [0.5, 0.25, 0]],
    // First component of log-softmax of [x, 0]: −softplus(−x).
    ['log-softmax', (x) => tf.slice(tf.logSoftmax(tf.stack([x, tf.scalar(0)])), 0, 1), 0, [0.5, -0.25, 0]],
  ];
  for (const backend of ['cpu', 'wasm']) {
    for (const [name, f, at, expected] of nested) {
      it(`first three derivatives of ${name} on ${backend}`, async () => {
        await tf.setBackend(backend);
        const before = tf.memory().numTensors;
        const x = tf.scalar(at);
        const first = tf.grad((value) => tf.sum(f(value)));
        const second = tf.grad(first);
        const third = tf.grad(second);
        for (const [order, derivative] of [first, second, third].entries()) {
          const value = derivative(x);
          expect((await value.data())[0], `order ${order + 1}`).toBeCloseTo(expected[order], 5);
          value.dispose();
        }
        x.dispose();
        expect(tf.memory().numTensors).toBe(before);
      });
    }
  }
});
