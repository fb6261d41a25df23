import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Build, install } from './index.js';
import { restore } from './wasm/replace.js';

fc.configureGlobal({ numRuns: 25 });

/** Lengths that matter: none, one, odd, a register's worth and around a block. */
const length = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constantFrom(16, 17, 33, 64));
const special = fc.constantFrom(0, -0, 1, Number.NaN, Infinity, -Infinity, 1e-40, -1e-45, 3e38, -3e38);
const number = fc.oneof(
  { weight: 8, arbitrary: fc.float({ min: -8, max: 8, noNaN: true }) },
  { weight: 1, arbitrary: special },
);
const finite = fc.float({ min: -4, max: 4, noNaN: true });
/** None so large that sums in double precision, as the CPU backend's are, stay finite where ours do not. */
const summed = fc.oneof(
  { weight: 30, arbitrary: finite },
  { weight: 1, arbitrary: fc.constantFrom(0, -0, Number.NaN, Infinity, -Infinity, 1e-40, -1e-45) },
);

const total = (shape: readonly number[]): number => shape.reduce((product, each) => product * each, 1);

/** A tensor by its values: they are repeated as often as the shape needs. */
interface Values {
  readonly shape: number[];
  readonly values: Float32Array;
}
const filled = (shape: number[], values: readonly number[]): Values => ({
  shape,
  values: Float32Array.from({ length: total(shape) }, (_, i) => values[i % values.length]),
});
const numbers = (of: fc.Arbitrary<number>) => fc.array(of, { minLength: 1, maxLength: 60 });

/** Runs an operation on one backend and reads its result. */
const run = async (backend: string, inputs: Values[], operation: (...tensors: tf.Tensor[]) => tf.Tensor) => {
  await tf.setBackend(backend);
  const before = tf.memory().numTensors;
  const tensors = inputs.map(({ shape, values }) => tf.tensor(values, shape, 'float32'));
  const result = tf.tidy(() => operation(...tensors));
  const values = await result.data();
  const { shape } = result;
  tf.dispose([...tensors, result]);
  expect(tf.memory().numTensors).toBe(before);
  return { shape, values };
};

/** Ours against the CPU backend: the same shape, NaN and infinities alike, numbers within `tolerance`. */
const expectSame = async (
  inputs: Values[],
  operation: (...tensors: tf.Tensor[]) => tf.Tensor,
  tolerance = 2e-6,
  absolute = 1e-37,
  reference = operation,
) => {
  const expected = await run('cpu', inputs, reference);
  const found = await run('wasm', inputs, operation);
  expect(found.shape).toEqual(expected.shape);
  for (let i = 0; i < expected.values.length; i++) {
    const [want, got] = [expected.values[i], found.values[i]];
    if (!Number.isFinite(want)) expect(got, `element ${i}`).toBe(want);
    else
      expect(Math.abs(got - want), `element ${i}: ${got} for ${want}`).toBeLessThanOrEqual(
        tolerance * Math.abs(want) + absolute,
      );
  }
};

describe.each<Build>(['simd', 'relaxed'])('the %s build against the CPU backend', (build) => {
  beforeAll(async () => {
    await tf.setBackend('wasm');
    expect(await install({ build })).toMatchObject({ installed: true, build });
  });
  afterAll(restore);

  it('multiplies matrices in all transpose cases, batches broadcast', async () => {
    const batches = fc.constantFrom<[number[], number[]]>(
      [[], []],
      [[3], [3]],
      [[3], []],
      [[], [2]],
      [
        [2, 1],
        [1, 3],
      ],
      [[0], [0]],
    );
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(length, length, length),
        batches,
        fc.boolean(),
        fc.boolean(),
        numbers(summed),
        numbers(summed),
        async ([m, n, k], [batchA, batchB], transposeA, transposeB, left, right) => {
          const a = filled([...batchA, ...(transposeA ? [k, m] : [m, k])], left);
          const b = filled([...batchB, ...(transposeB ? [n, k] : [k, n])], right);
          // CPU adds in double precision: the difference grows with the sum of absolute products.
          const batch = tf.broadcast_util.assertAndGetBroadcastShape(batchA, batchB);
          // The CPU backend broadcasts batches of [2, 1] and [1, 3] wrongly: the reference does it before.
          const whole = (x: tf.Tensor) => tf.broadcastTo(x, [...batch, ...x.shape.slice(-2)]);
          const product = (x: tf.Tensor, y: tf.Tensor) => tf.matMul(x, y, transposeA, transposeB);
          await expectSame([a, b], product, 2e-6, 2e-6 * 16 * k, (x, y) => product(whole(x), whole(y)));
        },
      ),
    );
  });

  it('multiplies across the borders of its blocks', async () => {
    const values = [1, -2, 3, 0.5, -0.25, 2, -1];
    for (const [m, n, k] of [
      [19, 1030, 3],
      [19, 9, 520],
      [23, 12, 257],
    ]) {
      for (const [transposeA, transposeB] of [
        [false, false],
        [false, true],
        [true, false],
        [true, true],
      ]) {
        const a = filled(transposeA ? [k, m] : [m, k], values);
        const b = filled(transposeB ? [n, k] : [k, n], values.slice(1));
        await expectSame(
          [a, b],
          (x, y) => tf.matMul(x as tf.Tensor2D, y as tf.Tensor2D, transposeA, transposeB),
          1e-5,
          1e-3,
        );
      }
    }
  });

  it('keeps NaN and infinities apart in a product', async () => {
    const a = filled([7, 5], [1, 2, 3, 4, Number.NaN, 0, 1, Infinity, 2, 1, 0, 0, 0, 0, 0, 1, 1]);
    const b = filled([5, 9], [1, 2, 3, 4, 5, 6, 7]);
    await expectSame([a, b], (x, y) => tf.matMul(x as tf.Tensor2D, y as tf.Tensor2D), 1e-5);
  });

  it('fuses bias and activation', async () => {
    const activation = fc.constantFrom(
      'linear',
      'relu',
      'relu6',
      'elu',
      'sigmoid',
      'leakyrelu',
    ) as fc.Arbitrary<'relu'>;
    await fc.assert(
      fc.asyncProperty(
        length,
        length,
        fc.integer({ min: 1, max: 20 }),
        activation,
        numbers(summed),
        async (m, n, k, name, values) => {
          const inputs = [
            filled([m, k], values),
            filled([k, n], values.slice().reverse()),
            filled([n], values),
          ];
          const fused = (a: tf.Tensor, b: tf.Tensor, bias: tf.Tensor) =>
            tf.fused.matMul({ a: a as tf.Tensor2D, b: b as tf.Tensor2D, bias, activation: name });
          await expectSame(inputs, fused as never, 1e-5, 1e-4);
        },
      ),
    );
  });

  /** An activation as a product's last step: tfjs' own kernels for these are faster alone, ours in a product. */
  const activated = (activation: 'sigmoid' | 'elu') => (x: tf.Tensor) =>
    tf.reshape(
      tf.fused.matMul({ a: tf.reshape(x, [-1, 1]), b: tf.ones([1, 1]), activation }) as tf.Tensor,
      x.shape,
    );
  const unary: Record<string, (x: tf.Tensor) => tf.Tensor> = {
    exp: tf.exp,
    log: tf.log,
    tanh: tf.tanh,
    sigmoid: activated('sigmoid'),
    elu: activated('elu'),
    leakyRelu: (x) => tf.leakyRelu(x, 0.1),
    softplus: tf.softplus,
  };
  it.each(Object.keys(unary))('%s', async (name) => {
    await fc.assert(
      fc.asyncProperty(
        length,
        fc.array(fc.oneof(number, fc.float({ noDefaultInfinity: true, noNaN: true })), {
          minLength: 1,
          maxLength: 70,
        }),
        (count, values) =>
          // The CPU backend's softplus and elu lose digits near zero, hence the absolute part.
          expectSame(
            [filled([count], values)],
            unary[name],
            1e-6,
            name === 'softplus' || name === 'elu' ? 3e-7 : 1e-44,
          ),
      ),
    );
  });

  it.each([
    ['maximum', tf.maximum],
    ['minimum', tf.minimum],
  ] as const)('%s', async (_, operation) => {
    const shapes = fc.constantFrom<[number[], number[]]>(
      [
        [5, 7],
        [5, 7],
      ],
      [[5, 7], []],
      [[], [9]],
      [[1], [1, 1]],
      [[0, 3], []],
    );
    await fc.assert(
      fc.asyncProperty(shapes, numbers(number), numbers(number), ([a, b], left, right) =>
        expectSame([filled(a, left), filled(b, right)], operation as never),
      ),
    );
  });

  it('select', async () => {
    const shapes = fc.constantFrom<[number[], number[]]>(
      [[6], [6]],
      [
        [5, 7],
        [5, 7],
      ],
      [[0], [0]],
      [
        [9, 1],
        [9, 1],
      ],
    );
    await fc.assert(
      fc.asyncProperty(shapes, numbers(number), numbers(number), ([condition, shape], left, right) =>
        expectSame([filled(condition, left), filled(shape, left), filled(shape, right)], ((
          c: tf.Tensor,
          a: tf.Tensor,
          b: tf.Tensor,
        ) => tf.where(tf.greater(c, 0), a, b)) as never),
      ),
    );
  });

  const reductions = { sum: tf.sum, mean: tf.mean, max: tf.max, min: tf.min };
  it.each(Object.keys(reductions) as (keyof typeof reductions)[])('%s along any axes', async (name) => {
    const of = name === 'sum' || name === 'mean' ? summed : number;
    const cases = fc.array(fc.integer({ min: name === 'max' || name === 'min' ? 1 : 0, max: 7 }), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(cases, fc.nat(15), fc.boolean(), numbers(of), async (shape, bits, keep, values) => {
        const axes = shape.map((_, axis) => axis).filter((axis) => (bits >> axis) & 1);
        if (name === 'mean' && axes.some((axis) => shape[axis] === 0)) return;
        const reduced = (x: tf.Tensor) => reductions[name](x, axes.length ? axes : undefined, keep);
        await expectSame([filled(shape, values)], reduced, 2e-6, 2e-4);
      }),
    );
  });

  it('gives ones a mean of one', async () => {
    await tf.setBackend('wasm');
    for (const count of [3, 41, 47, 55, 1999]) {
      const mean = tf.tidy(() => tf.mean(tf.ones([count])));
      expect((await mean.data())[0]).toBe(1);
      mean.dispose();
    }
  });

  it('transposes any axes', async () => {
    const permutations = fc
      .array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 6 })
      .chain((shape) =>
        fc.tuple(
          fc.constant(shape),
          fc.shuffledSubarray(
            shape.map((_, axis) => axis),
            { minLength: shape.length },
          ),
        ),
      );
    await fc.assert(
      fc.asyncProperty(permutations, ([shape, order]) =>
        expectSame(
          [
            filled(
              shape,
              Array.from({ length: 97 }, (_, i) => i),
            ),
          ],
          (x) => tf.transpose(x, order),
        ),
      ),
    );
  });

  it('tiles any axes, also to nothing', async () => {
    const axis = fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 3 }));
    await fc.assert(
      fc.asyncProperty(fc.array(axis, { minLength: 1, maxLength: 4 }), numbers(number), (axes, values) => {
        const shape = axes.map(([length]) => length);
        const times = axes.map(([, repeats]) => repeats);
        // The CPU backend cannot tile to nothing.
        const nothing = shape.map((length, i) => length * times[i]);
        const none = nothing.includes(0);
        const tiled = (x: tf.Tensor) => tf.tile(x, times);
        const empty = () => tf.zeros(nothing);
        return expectSame([filled(shape, values)], tiled, 0, 0, none ? empty : tiled);
      }),
    );
  });

  it('gathers and adds up rows', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 8 }),
        length,
        length,
        fc.array(fc.nat(7), { maxLength: 20 }),
        fc.nat(2),
        // The CPU backend adds up products with 0 and 1, which makes NaN of infinities.
        numbers(finite),
        async (rows, a, b, picks, axis, values) => {
          const indices = picks.map((pick) => pick % rows);
          const shape = [a, b];
          shape.splice(axis, 0, rows);
          await expectSame([filled(shape, values)], (x) => tf.gather(x, tf.tensor1d(indices, 'int32'), axis));
          const sum = (x: tf.Tensor) => tf.unsortedSegmentSum(x, tf.tensor1d(indices, 'int32'), rows);
          await expectSame([filled([indices.length, a], values)], sum, 1e-5, 1e-5);
        },
      ),
    );
  });

  it('gathers by tables of indices, also one for each batch', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 6 }), fc.nat(9), fc.nat(5)),
        fc.constantFrom(0, 1),
        fc.array(fc.nat(5), { minLength: 1, maxLength: 20 }),
        numbers(number),
        async ([batch, rows, inner, picked], batchDims, picks, values) => {
          const indices = Array.from({ length: batch * picked }, (_, i) => picks[i % picks.length] % rows);
          const table = () => tf.tensor2d(indices, [batch, picked], 'int32');
          const nothing = batch * picked * inner === 0;
          const shape = batchDims === 1 ? [batch, picked, inner] : [batch, batch, picked, inner];
          const gathered = (x: tf.Tensor) => tf.gather(x, table(), 1, batchDims);
          // The CPU backend does not gather nothing.
          const empty = () => tf.zeros(shape);
          await expectSame(
            [filled([batch, rows, inner], values)],
            gathered,
            0,
            0,
            nothing ? empty : gathered,
          );
        },
      ),
    );
  });

  it('refuses what does not fit, before touching memory', async () => {
    await tf.setBackend('wasm');
    tf.tidy(() => {
      const x = tf.ones([3, 4]);
      const index = tf.tensor1d([0, 3], 'int32');
      const wrong = { transposeA: false, transposeB: false };
      expect(() => tf.engine().runKernel('BatchMatMul', { a: x, b: x }, wrong)).toThrow(
        "@murmuration/kernels: matMul's inner sizes differ: [3,4] and [3,4] give 4 and 3",
      );
      expect(() => tf.gather(x, index)).toThrow('@murmuration/kernels: gather found index 3 outside [0, 2]');
      expect(() =>
        tf.engine().runKernel('_FusedMatMul', { a: x, b: x }, { ...wrong, activation: 'linear' }),
      ).toThrow("@murmuration/kernels: matMul's inner sizes differ: [3,4] and [3,4] give 4 and 3");
      expect(() => tf.unsortedSegmentSum(x, index, 3)).toThrow(
        '@murmuration/kernels: unsortedSegmentSum got 2 ids for 3 rows',
      );
      expect(() => tf.unsortedSegmentSum(tf.ones([2]), index, -1)).toThrow(
        '@murmuration/kernels: unsortedSegmentSum needs a number of segments, found -1',
      );
      expect(() => tf.tile(tf.ones([3]), [-1])).toThrow(
        '@murmuration/kernels: tile needs whole numbers of repeats, found [-1]',
      );
    });
  });
});
