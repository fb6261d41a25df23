import '@tensorflow/tfjs-backend-wasm';
import '../gradients/index.js';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { normalDistribution } from '../../test/normal.js';
import { type Build, install } from '../index.js';
import { restore } from '../wasm/replace.js';
import { attention, attentionInOperations } from './attention.js';
import { categorical, categoricalInOperations } from './categorical.js';
import { type DenseActivation, dense, denseInOperations } from './dense.js';
import { gelu, geluInOperations } from './gelu.js';
import { type GruWeights, gru } from './gru.js';
import { gruInOperations } from './gruReference.js';
import { layerNorm, layerNormInOperations } from './layerNorm.js';
import { logSoftmax, logSoftmaxInOperations, softmax, softmaxInOperations } from './softmax.js';
import { meanSquaredError, meanSquaredErrorInOperations } from './squaredError.js';

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

/**
 * The product of the Hessian of Σ operation² with v, against a difference of gradients: with the operation inside the
 * function that the gradient is taken of, and outside of it, where it has run before.
 */
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
  const around = tf.tidy(() =>
    tf.grads((...x: tf.Tensor[]) => {
      // Freed before its gradient is asked for, as in any tidy.
      const loss = tf.tidy(() => tf.sum(tf.square(operation(...x.map((each) => tf.mul(each, 1))))));
      return dot(tf.grads(() => loss as tf.Scalar)(x), directions) as tf.Scalar;
    })(inputs),
  );
  const h = 2e-3;
  const along = (sign: number) => inputs.map((x, i) => tf.add(x, tf.mul(directions[i], sign * h)));
  const differences = tf.tidy(() => {
    const [above, below] = [gradient(along(1)), gradient(along(-1))];
    return above.map((each, i) => tf.div(tf.sub(each, below[i]), 2 * h));
  });
  for (let k = 0; k < inputs.length; k++) {
    const [found, outside, expected] = [
      await products[k].data(),
      await around[k].data(),
      await differences[k].data(),
    ];
    const scale = Array.from(expected).reduce((most, value) => Math.max(most, Math.abs(value)), 1);
    for (let i = 0; i < expected.length; i++) {
      expect(Math.abs(found[i] - expected[i]), `input ${k}, element ${i}`).toBeLessThan(2e-2 * scale);
      expect(Math.abs(outside[i] - found[i]), `outside: ${k}, element ${i}`).toBeLessThan(1e-4 * scale);
    }
  }
  tf.dispose([inputs, directions, products, around, differences]);
};

/** A pattern of true and false of which entry `always` of each row is true. */
const maskOf = (shape: number[], always: number): tf.Tensor => {
  const length = shape.reduce((product, each) => product * each, 1);
  const row = shape[shape.length - 1];
  const of = (i: number) => (i % row === always % row || Math.sin(78.233 * i) > 0 ? 1 : 0);
  return tf.tensor(
    Array.from({ length }, (_, i) => of(i)),
    shape,
    'bool',
  );
};

/** Lengths of batches, nothing among them, and of features. */
const size = fc.integer({ min: 0, max: 7 });
const positive = fc.integer({ min: 1, max: 19 });
const width = fc.integer({ min: 0, max: 19 });

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
        fc.asyncProperty(fc.array(size, { maxLength: 3 }), width, width, (batch, inputs, units) =>
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

    it('refuses an activation that it does not know', () => {
      const [x, weight, bias] = [tf.ones([2, 3]), tf.ones([3, 5]) as tf.Tensor2D, tf.ones([5])];
      expect(() => dense(x, weight, bias, 'elu' as 'relu')).toThrow(
        '@murmuration/kernels: dense knows the activations linear, relu, tanh, sigmoid, found elu',
      );
      tf.dispose([x, weight, bias]);
    });
  });

  it('layerNorm', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(size, { maxLength: 3 }), positive, (batch, features) =>
        // In shorter rows a small variance enlarges the rounding.
        expectSame(
          (x, a, b) => layerNorm(x, a, b),
          (x, a, b) => layerNormInOperations(x, a, b),
          [[...batch, features + 4], [features + 4], [features + 4]],
          1e-4,
        ),
      ),
    );
    await expectSecondOrder((x, a, b) => layerNorm(x, a, b), [[3, 5], [5], [5]]);
  });

  it('gelu', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(size, { maxLength: 3 }), (shape) =>
        expectSame(gelu, geluInOperations, [shape]),
      ),
    );
    await expectSecondOrder(gelu, [[3, 5]]);
  });

  it('gelu: x times the normal distribution function, from its tables', async () => {
    const points: [number, number][] = [
      [-Infinity, 0],
      [-20, 0],
      [-5, -1.43325785e-6],
      [-3, -0.0040496940283],
      [-1, -0.15865525393146],
      [-0, -0],
      [1e-30, 5e-31],
      [0.5, 0.34573123063701],
      [1, 0.84134474606854],
      [3, 2.9959503059717],
      [12, 12],
      [Infinity, Infinity],
      [Number.NaN, Number.NaN],
    ];
    const x = tf.tensor1d(points.map(([at]) => at));
    const [y, slope] = [gelu(x), tf.grad(gelu)(x)];
    const [found, slopes] = [await y.data(), await slope.data()];
    points.forEach(([at, value], i) => {
      if (!Number.isFinite(value)) expect(found[i]).toBe(value);
      else expect(Math.abs(found[i] - value)).toBeLessThanOrEqual(1e-6 * Math.abs(value));
      // Φ(x) + x φ(x), between -0.13 and 1.13.
      if (at === 1) expect(slopes[i]).toBeCloseTo(1.0833154705877, 6);
      if (at === -3) expect(slopes[i]).toBeCloseTo(-0.0119456469, 6);
      if (at === Infinity) expect(slopes[i]).toBe(1);
      if (at === -Infinity) expect(slopes[i]).toBeCloseTo(0, 30);
    });
    tf.dispose([x, y, slope]);
  });

  it('gelu has a relative error below 1e-6 from -12.5 on', async () => {
    const points = Float32Array.from(
      { length: 4000 },
      (_, i) => -12.5 + (i / 4000) * 24.5 + 1e-4 * Math.sin(i),
    );
    const x = tf.tensor1d(points);
    const y = gelu(x);
    (await y.data()).forEach((found, i) => {
      const expected = points[i] * normalDistribution(points[i]);
      expect(Math.abs(found / expected - 1), `at ${points[i]}`).toBeLessThan(1e-6);
    });
    tf.dispose([x, y]);
  });

  it('mean squared error, with and without weights', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(positive, { maxLength: 3 }), (shape) =>
        expectSame(
          (a, b) => meanSquaredError(a, b),
          (a, b) => meanSquaredErrorInOperations(a, b),
          [shape, shape],
        ),
      ),
    );
    await fc.assert(
      fc.asyncProperty(positive, (rows) => {
        // Weights of one sign, else their sum comes near 0.
        const weigh = (of: typeof meanSquaredError) => (a: tf.Tensor, b: tf.Tensor, w: tf.Tensor) =>
          of(a, b, tf.abs(w));
        return expectSame(weigh(meanSquaredError), weigh(meanSquaredErrorInOperations), [
          [rows, 3],
          [rows, 3],
          [rows, 3],
        ]);
      }),
    );
    await expectSecondOrder(
      (a, b) => meanSquaredError(a, b),
      [
        [3, 2],
        [3, 2],
      ],
    );
  });

  const softmaxes = {
    softmax: [softmax, softmaxInOperations],
    logSoftmax: [logSoftmax, logSoftmaxInOperations],
  } as const;
  it.each(Object.keys(softmaxes) as (keyof typeof softmaxes)[])('%s, masked and unmasked', async (name) => {
    const [fused, composed] = softmaxes[name];
    await fc.assert(
      fc.asyncProperty(
        fc.array(size, { maxLength: 3 }),
        positive,
        fc.boolean(),
        async (batch, classes, masked) => {
          const shape = [...batch, classes];
          const mask = masked ? maskOf(shape, 2) : undefined;
          // Hidden entries of a logarithm are near -1e9: only those seen are compared.
          const seen = (y: tf.Tensor) => (mask ? tf.where(mask, y, tf.zerosLike(y)) : y);
          await expectSame(
            (x) => seen(fused(x, mask)),
            (x) => seen(composed(x, mask)),
            [shape],
          );
          mask?.dispose();
        },
      ),
    );
    const mask = maskOf([3, 5], 2);
    await expectSecondOrder((x) => fused(x), [[3, 5]]);
    await expectSecondOrder((x) => tf.where(mask, fused(x, mask), 0), [[3, 5]]);
    mask.dispose();
  });

  it('gives a class that is hidden no probability, and equal ones where all are', async () => {
    const x = tf.tensor2d([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const mask = tf.tensor2d(
      [
        [1, 0, 1],
        [0, 0, 0],
      ],
      [2, 3],
      'bool',
    );
    const y = softmax(x, mask);
    const [a, b, c, ...rest] = await y.data();
    expect(b).toBe(0);
    expect(a).toBeCloseTo(1 / (1 + Math.E ** 2), 6);
    expect(a + c).toBeCloseTo(1, 6);
    for (const value of rest) expect(value).toBeCloseTo(1 / 3, 6);
    tf.dispose([x, mask, y]);
  });

  it('treats rows of which all is hidden as its reference does', async () => {
    const logits = tf.tensor2d([[4, 5, 6]]);
    const mask = tf.zeros([1, 3], 'bool');
    const actions = tf.tensor1d([2], 'int32');
    for (const [fused, composed] of Object.values(softmaxes)) {
      const found = [fused, composed].map((each) => each(logits, mask));
      const expected = fused === softmax ? 1 / 3 : -Math.log(3);
      for (const y of found) for (const value of await y.data()) expect(value).toBeCloseTo(expected, 6);
      tf.dispose(found);
    }
    for (const each of [categorical, categoricalInOperations]) {
      const { logProbability, entropy } = each(logits, actions, mask);
      expect((await logProbability.data())[0]).toBeCloseTo(-Math.log(3), 6);
      expect((await entropy.data())[0]).toBeCloseTo(Math.log(3), 6);
      tf.dispose([logProbability, entropy]);
    }
    const query = tf.ones<tf.Rank.R3>([1, 1, 2]);
    const values = tf.tensor3d([
      [
        [1, 3],
        [3, 5],
      ],
    ]);
    const hidden = tf.zeros<tf.Rank.R3>([1, 1, 2], 'bool');
    for (const each of [attention, attentionInOperations]) {
      const mean = each(query, values, values, 1, hidden);
      expect([...(await mean.data())].map((value) => value.toFixed(5))).toEqual(['2.00000', '4.00000']);
      mean.dispose();
    }
    tf.dispose([logits, mask, actions, query, values, hidden]);
  });

  it.each([logSoftmax, logSoftmaxInOperations])(
    'keeps the digits of differences of large logits, %#',
    async (each) => {
      const logits = tf.tensor1d([10000, 10000.5, 9990, 9999, 10000]);
      const y = each(logits);
      const found = [...(await y.data())];
      const total = Math.log(2 * Math.exp(-0.5) + 1 + Math.exp(-10.5) + Math.exp(-1.5));
      [-0.5, 0, -10.5, -1.5, -0.5].forEach((value, index) => {
        expect(Math.abs(found[index] / (value - total) - 1)).toBeLessThan(1e-6);
      });
      tf.dispose([logits, y]);
    },
  );

  it('categorical', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(size, { maxLength: 2 }),
        positive,
        fc.boolean(),
        async (batch, count, masked) => {
          const mask = masked ? maskOf([...batch, count], 0) : undefined;
          const length = batch.reduce((product, each) => product * each, 1);
          const actions = tf.tensor(
            Array.from({ length }, () => 0),
            batch,
            'int32',
          );
          for (const part of ['logProbability', 'entropy'] as const) {
            const weigh = (of: typeof categorical) => (x: tf.Tensor) => of(x, actions, mask)[part];
            await expectSame(weigh(categorical), weigh(categoricalInOperations), [[...batch, count]]);
          }
          tf.dispose([actions, mask ?? []]);
        },
      ),
    );
    const actions = tf.tensor1d([2, 0], 'int32');
    const both = (of: typeof categorical) => (x: tf.Tensor) => {
      const { logProbability, entropy } = of(x, actions);
      return tf.add(tf.mul(logProbability, 2), tf.mul(entropy, 3));
    };
    await expectSame(both(categorical), both(categoricalInOperations), [[2, 4]]);
    await expectSecondOrder(both(categorical), [[2, 4]]);
    const few = tf.ones([2, 2]);
    const before = tf.memory().numTensors;
    expect(() => categorical(few, actions)).toThrow(
      '@murmuration/kernels: categorical found action 2 outside [0, 1]',
    );
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose([few, actions]);
  });

  const gruOf =
    (of: typeof gru, resets?: tf.Tensor, scale = 0.4) =>
    (...[x, start, inputWeight, recurrentWeight, inputBias, recurrentBias]: tf.Tensor[]) => {
      // Small weights, else the gates saturate.
      const weights = { inputWeight, recurrentWeight, inputBias, recurrentBias };
      const small = Object.fromEntries(
        Object.entries(weights).map(([name, each]) => [name, tf.mul(each, scale)]),
      );
      return of(x, start, small as unknown as GruWeights, resets);
    };
  const gruShapes = (time: number, batch: number, inputs: number, units: number) => [
    [time, batch, inputs],
    [batch, units],
    [inputs, 3 * units],
    [units, 3 * units],
    [3 * units],
    [3 * units],
  ];

  it.each([gru, gruInOperations])('a gru forgets what is not a number where it is reset, %#', async (of) => {
    const x = tf.zeros<tf.Rank.R3>([1, 2, 1]);
    const start = tf.tensor2d([[Number.NaN], [Infinity]]);
    const [inputWeight, recurrentWeight] = [tf.ones<tf.Rank.R2>([1, 3]), tf.ones<tf.Rank.R2>([1, 3])];
    const [inputBias, recurrentBias] = [tf.zeros<tf.Rank.R1>([3]), tf.zeros<tf.Rank.R1>([3])];
    const resets = tf.ones<tf.Rank.R2>([1, 2], 'bool');
    const weights = { inputWeight, recurrentWeight, inputBias, recurrentBias };
    const y = of(x, start, weights, resets);
    expect([...(await y.data())]).toEqual([0, 0]);
    tf.dispose([x, start, weights, resets, y]);
  });

  /** One step of a unit whose recurrent weights are 0. */
  const gate = async (points: Float32Array, weight: number[], bias: number[], start: number) => {
    const y = tf.tidy(() => {
      const weights = {
        inputWeight: tf.tensor2d([weight]),
        recurrentWeight: tf.zeros([1, 3]) as tf.Tensor2D,
        inputBias: tf.tensor1d(bias),
        recurrentBias: tf.zeros([3]) as tf.Tensor1D,
      };
      return gru(tf.tensor3d(points, [1, points.length, 1]), tf.fill([points.length, 1], start), weights);
    });
    const found = await y.data();
    y.dispose();
    return found;
  };
  const gatePoints = Float32Array.from(
    { length: 2000 },
    (_, i) => 86.9 * Math.sin(1.7 * i + 1) ** 5 + (i % 2) * 1e-3 * Math.sin(i),
  );

  it("a gru's gates have relative errors below 1e-6", async () => {
    // z = sigmoid(x), n = 0: the state 1 becomes z.
    const sigmoids = await gate(gatePoints, [0, 1, 0], [0, 0, 0], 1);
    // z = 0: the state becomes n = tanh(x).
    const tangents = await gate(gatePoints, [0, 0, 1], [0, -200, 0], 1);
    gatePoints.forEach((x, i) => {
      expect(Math.abs(sigmoids[i] * (1 + Math.exp(-x)) - 1), `sigmoid at ${x}`).toBeLessThan(1e-6);
      expect(Math.abs(tangents[i] / Math.tanh(x) - 1), `tanh at ${x}`).toBeLessThan(1e-6);
    });
  });

  it('gru, with and without resets', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(fc.integer({ min: 1, max: 6 }), size, width, width),
        fc.boolean(),
        async ([time, batch, inputs, units], reset) => {
          const resets = reset ? maskOf([time, batch], 3) : undefined;
          await expectSame(
            gruOf(gru, resets),
            gruOf(gruInOperations, resets),
            gruShapes(time, batch, inputs, units),
            5e-5,
          );
          resets?.dispose();
        },
      ),
    );
    await expectSecondOrder(gruOf(gru), gruShapes(2, 2, 2, 2));
    const resets = tf.tensor2d(
      [
        [0, 0],
        [1, 0],
      ],
      [2, 2],
      'bool',
    );
    await expectSecondOrder(gruOf(gru, resets), gruShapes(2, 2, 2, 2));
    resets.dispose();
  });

  it('gru whose weights take several blocks of memory', async () => {
    const of = (function_: typeof gru) => gruOf(function_, undefined, 0.02);
    await expectSame(of(gru), of(gruInOperations), gruShapes(3, 7, 300, 180), 5e-5);
  });

  it('attention, masked and unmasked', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(size, positive, positive, fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 6 })),
        fc.constantFrom('none', 'one', 'all'),
        async ([batch, queries, keys, heads, width], masked) => {
          const mask =
            masked === 'none' ? undefined : maskOf([masked === 'one' ? 1 : batch, queries, keys], 1);
          await expectSame(
            (q, k, v) => attention(q, k, v, heads, mask),
            (q, k, v) => attentionInOperations(q, k, v, heads, mask),
            [
              [batch, queries, heads * width],
              [batch, keys, heads * width],
              [batch, keys, heads * width],
            ],
          );
          mask?.dispose();
        },
      ),
    );
    await expectSecondOrder(
      (q, k, v) => attention(q, k, v, 2),
      [
        [2, 3, 4],
        [2, 3, 4],
        [2, 3, 4],
      ],
    );
    const mask = maskOf([2, 3, 3], 1);
    await expectSecondOrder(
      (q, k, v) => attention(q, k, v, 2, mask),
      [
        [2, 3, 4],
        [2, 3, 4],
        [2, 3, 4],
      ],
    );
    mask.dispose();
  });

  it('keeps nothing of a forward pass that nobody differentiates', async () => {
    const inputs = [...gruShapes(3, 2, 2, 4), [2, 3, 4]].map(values);
    const before = tf.memory();
    tf.tidy(() => {
      gruOf(gru)(...inputs.slice(0, 6));
      attention(inputs[6], inputs[6], inputs[6], 2);
    });
    expect(tf.memory()).toEqual(before);
    tf.dispose(inputs);
  });

  it('refuses inputs that do not fit before it allocates', () => {
    const [x, y, flag] = [tf.ones([2, 3, 4]), tf.ones([2, 5]), tf.ones([2, 3])];
    const weights = { inputWeight: y, recurrentWeight: y, inputBias: y, recurrentBias: y };
    const before = tf.memory();
    expect(() => gru(x, y, weights)).toThrow(
      '@murmuration/kernels: gru needs start to be float32 [3,any], found float32 [2,5]',
    );
    expect(() => attention(x, x, x, 3)).toThrow(
      '@murmuration/kernels: attention needs heads to divide 4 features, found 3',
    );
    expect(() => layerNorm(x, y, y)).toThrow(
      '@murmuration/kernels: layerNorm needs scale to be float32 [4], found float32 [2,5]',
    );
    expect(() => softmax(y, flag)).toThrow(
      '@murmuration/kernels: softmax needs mask to be bool [2,5], found float32 [2,3]',
    );
    expect(tf.memory()).toEqual(before);
    tf.dispose([x, y, flag]);
  });
});
