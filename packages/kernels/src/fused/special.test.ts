import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import '../gradients/index.js';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Build, install } from '../index.js';
import { restore } from '../wasm/replace.js';
import { attention, attentionInOperations } from './attention.js';
import { categorical, categoricalInOperations } from './categorical.js';
import { type DenseActivation, dense, denseInOperations } from './dense.js';
import { gelu, geluInOperations } from './gelu.js';
import { gru } from './gru.js';
import { gruInOperations } from './gruReference.js';
import { layerNorm, layerNormInOperations } from './layerNorm.js';
import { logSoftmax, logSoftmaxInOperations, softmax, softmaxInOperations } from './softmax.js';
import { meanSquaredError, meanSquaredErrorInOperations } from './squaredError.js';

/** Numbers that are none, infinities, denormals, zeros of both signs, among ordinary ones. */
const number = fc.oneof(
  { weight: 9, arbitrary: fc.float({ min: -8, max: 8, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -0, Number.NaN, Infinity, -Infinity, 1e-40, -1e-45) },
);
const values = fc.array(number, { minLength: 1, maxLength: 60 });
/** Numbers whose sums are exact in any order: where one is 0 by rounding alone, ReLU's slope is anybody's. */
const exact = fc.array(
  fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: -8, max: 8 }) },
    { weight: 1, arbitrary: fc.constantFrom(-0, Number.NaN, Infinity, -Infinity) },
  ),
  { minLength: 1, maxLength: 60 },
);
const length = fc.integer({ min: 0, max: 9 });
const some = fc.integer({ min: 1, max: 9 });

type Operation = (...tensors: tf.Tensor[]) => tf.Tensor;

/** The output on one backend, of tensors that repeat `numbers`, each from another place on. */
const run = async (backend: string, shapes: number[][], numbers: number[], operation: Operation) => {
  await tf.setBackend(backend);
  const y = tf.tidy(() =>
    operation(
      ...shapes.map((shape, k) => {
        const count = shape.reduce((product, each) => product * each, 1);
        return tf.tensor(
          Float32Array.from({ length: count }, (_, i) => numbers[(i + 7 * k) % numbers.length]),
          shape,
        );
      }),
    ),
  );
  const { shape } = y;
  const found = await y.data();
  y.dispose();
  return { shape, found };
};

/** Fused on WASM against composed on the CPU backend: NaN and infinities alike, numbers close. */
const expectAlike = async (
  fused: Operation,
  composed: Operation,
  shapes: number[][],
  numbers: number[],
  tolerance: number,
) => {
  const expected = await run('cpu', shapes, numbers, composed);
  const { shape, found } = await run('wasm', shapes, numbers, fused);
  expect(shape).toEqual(expected.shape);
  expected.found.forEach((want, i) => {
    if (!Number.isFinite(want)) expect(found[i], `element ${i}`).toBe(want);
    else
      expect(Math.abs(found[i] - want), `element ${i}: ${found[i]} for ${want}`).toBeLessThanOrEqual(
        tolerance * Math.abs(want) + tolerance,
      );
  });
};

const check = <Sizes extends unknown[]>(
  sizes: fc.Arbitrary<Sizes>,
  of: (...sizes: Sizes) => [Operation, Operation, number[][]],
  tolerance = 1e-4,
  drawn = values,
) =>
  fc.assert(
    fc.asyncProperty(sizes, drawn, (lengths, numbers) => {
      const [fused, composed, shapes] = of(...lengths);
      return expectAlike(fused, composed, shapes, numbers, tolerance);
    }),
    { numRuns: 60 },
  );

const maskOf = (shape: number[]): tf.Tensor => {
  const count = shape.reduce((product, each) => product * each, 1);
  return tf.tensor(
    Array.from({ length: count }, (_, i) => Number(i % 3 !== 1)),
    shape,
    'bool',
  );
};

describe.each<Build>(['simd', 'relaxed'])('what is no ordinary number, in the %s build', (build) => {
  beforeAll(async () => {
    await tf.setBackend('wasm');
    expect(await install({ build })).toMatchObject({ installed: true, build });
  });
  afterAll(restore);

  it.each<DenseActivation>(['linear', 'relu', 'tanh', 'sigmoid'])('dense, %s', (activation) =>
    check(fc.tuple(length, length, length), (rows, inputs, units) => [
      (x, w, b) => dense(x, w as tf.Tensor2D, b, activation),
      (x, w, b) => denseInOperations(x, w as tf.Tensor2D, b, activation),
      [[rows, inputs], [inputs, units], [units]],
    ]),
  );

  it.each<DenseActivation>(['linear', 'relu', 'tanh', 'sigmoid'])(
    'the gradient of dense, %s',
    (activation) => {
      const slope =
        (of: typeof dense): Operation =>
        (x, w, b) =>
          tf.grad((z) => of(z, w as tf.Tensor2D, b, activation))(x);
      return check(
        fc.tuple(some, some, some),
        (rows, inputs, units) => [
          slope(dense),
          slope(denseInOperations),
          [[rows, inputs], [inputs, units], [units]],
        ],
        1e-4,
        activation === 'relu' ? exact : values,
      );
    },
  );

  it('layerNorm', () =>
    check(
      fc.tuple(length, length),
      (rows, features) => [
        (x, a, b) => layerNorm(x, a, b),
        (x, a, b) => layerNormInOperations(x, a, b),
        [[rows, features], [features], [features]],
      ],
      // Rows of equal values: what a mean is off by grows by 1 / √1e-5.
      2e-3,
    ));

  it('gelu', () => check(fc.tuple(length, length), (...shape) => [gelu, geluInOperations, [shape]]));

  it('the gradient of gelu', () =>
    check(fc.tuple(some, some), (...shape) => [tf.grad(gelu), tf.grad(geluInOperations), [shape]]));

  it.each([
    ['softmax', softmax, softmaxInOperations],
    ['logSoftmax', logSoftmax, logSoftmaxInOperations],
  ] as const)('%s', async (_, fused, composed) => {
    await check(fc.tuple(length, length), (...shape) => [(x) => fused(x), (x) => composed(x), [shape]]);
    await check(fc.tuple(length, some), (...shape) => [
      (x) => fused(x, maskOf(shape)),
      (x) => composed(x, maskOf(shape)),
      [shape],
    ]);
  });

  it.each(['logProbability', 'entropy'] as const)('categorical, %s', (part) =>
    check(fc.tuple(length, some, fc.boolean()), (rows, count, masked) => {
      const of =
        (each: typeof categorical): Operation =>
        (x) =>
          each(x, tf.zeros([rows], 'int32'), masked ? maskOf([rows, count]) : undefined)[part];
      return [of(categorical), of(categoricalInOperations), [[rows, count]]];
    }),
  );

  it('the gradient of categorical', () => {
    const infinite = fc.oneof(
      { weight: 4, arbitrary: fc.float({ min: -8, max: 8, noNaN: true }) },
      { weight: 1, arbitrary: fc.constantFrom(-Infinity, -1e30, -0) },
    );
    const property = fc.asyncProperty(
      fc.integer({ min: 2, max: 9 }),
      fc.array(infinite, { minLength: 8, maxLength: 8 }),
      async (count, numbers) => {
        const slope =
          (of: typeof categorical): Operation =>
          (x) =>
            tf.grad((z) => {
              // The first is there to be chosen.
              const logits = tf.concat([tf.zeros([3, 1]), z], 1);
              const { logProbability, entropy } = of(logits, tf.zeros([3], 'int32'));
              return tf.add(tf.sum(logProbability), tf.sum(entropy));
            })(x);
        await expectAlike(slope(categorical), slope(categoricalInOperations), [[3, count]], numbers, 1e-5);
        const { found } = await run('wasm', [[3, count]], numbers, slope(categorical));
        expect(found.every(Number.isFinite)).toBe(true);
      },
    );
    return fc.assert(property, { numRuns: 60 });
  });

  it('mean squared error', () =>
    check(fc.tuple(length), (count) => [
      (a, b) => meanSquaredError(a, b),
      (a, b) => meanSquaredErrorInOperations(a, b),
      [[count], [count]],
    ]));

  it('attention', () =>
    check(fc.tuple(length, length, length, some, fc.boolean()), (batch, queries, keys, width, masked) => {
      const of =
        (each: typeof attention): Operation =>
        (q, k, v) =>
          each(q, k, v, 2, masked ? maskOf([1, queries, keys]) : undefined);
      return [
        of(attention),
        of(attentionInOperations),
        [
          [batch, queries, 2 * width],
          [batch, keys, 2 * width],
          [batch, keys, 2 * width],
        ],
      ];
    }));

  it('gru', () =>
    check(fc.tuple(length, length, length, length, fc.boolean()), (time, batch, inputs, units, reset) => {
      const of =
        (each: typeof gru): Operation =>
        (x, start, inputWeight, recurrentWeight, inputBias, recurrentBias) =>
          each(
            x,
            start,
            { inputWeight, recurrentWeight, inputBias, recurrentBias } as Parameters<typeof gru>[2],
            reset ? maskOf([time, batch]) : undefined,
          );
      return [
        of(gru),
        of(gruInOperations),
        [
          [time, batch, inputs],
          [batch, units],
          [inputs, 3 * units],
          [units, 3 * units],
          [3 * units],
          [3 * units],
        ],
      ];
    }));
});
