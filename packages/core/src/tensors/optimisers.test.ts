import { beforeAll, describe, expect, it } from 'vitest';
import type { State } from '../state';
import * as tf from '.';

beforeAll(() => tf.ready());

const value = (shape: number[], ...data: number[]) => ({ shape, data: Float32Array.from(data) });

const run = async (
  create: (parameters: tf.Parameters) => tf.Optimiser,
  gradients: readonly (readonly number[])[],
): Promise<number[]> => {
  const width = gradients[0].length;
  const parameters = tf.createParameters({ w: value([width], ...gradients[0].map(() => 1)) });
  const optimiser = create(parameters);
  for (const gradient of gradients) tf.tidy(() => optimiser.step({ w: tf.tensor1d([...gradient]) }));
  const result = [...(await parameters.w.data())];
  optimiser.dispose();
  tf.disposeParameters(parameters);
  return result;
};

/** Algorithm 1 of Adam's paper in double precision. */
const adam = (start: number, gradients: readonly number[], rate: number): number => {
  let [weight, mean, square] = [start, 0, 0];
  gradients.forEach((gradient, index) => {
    mean = 0.9 * mean + 0.1 * gradient;
    square = 0.999 * square + 0.001 * gradient * gradient;
    const step = mean / (1 - 0.9 ** (index + 1));
    weight -= (rate * step) / (Math.sqrt(square / (1 - 0.999 ** (index + 1))) + 1e-8);
  });
  return weight;
};

describe('Adam', () => {
  const create = (maximumNorm?: number) => (parameters: tf.Parameters) =>
    tf.createAdam(parameters, { learningRate: 0.1, maximumNorm });

  it('follows the paper', async () => {
    expect((await run(create(), [[2]]))[0]).toBeCloseTo(0.9, 6);
    expect((await run(create(), [[2], [-1], [0.5]]))[0]).toBeCloseTo(adam(1, [2, -1, 0.5], 0.1), 6);
  });

  it('shortens long gradients, all together, and leaves short ones', async () => {
    const [a, b] = await run(create(1), [
      [3, 4],
      [0.3, 0.4],
    ]);
    expect(a).toBeCloseTo(adam(1, [0.6, 0.3], 0.1), 6);
    expect(b).toBeCloseTo(adam(1, [0.8, 0.4], 0.1), 6);
  });
});

describe('RMSprop', () => {
  it('divides by the root of the running square, epsilon outside', async () => {
    const create = (parameters: tf.Parameters) =>
      tf.createRmsprop(parameters, { learningRate: 0.1, squareDecay: 0.5, epsilon: 1 });
    // v = 8, then 4 + .5: w = 1 - .4 / (√8 + 1) + .1 / (√4.5 + 1)
    const expected = 1 - 0.4 / (Math.sqrt(8) + 1) + 0.1 / (Math.sqrt(4.5) + 1);
    expect((await run(create, [[4], [-1]]))[0]).toBeCloseTo(expected, 6);
  });
});

describe('RAdam', () => {
  it('is momentum for five steps with the usual decay, and smaller than Adam at first', async () => {
    const create = (parameters: tf.Parameters) => tf.createRadam(parameters, { learningRate: 0.1 });
    // Equal gradients: the corrected mean is the gradient itself.
    expect((await run(create, [[0.2]]))[0]).toBeCloseTo(1 - 0.02, 6);
    expect(
      (
        await run(
          create,
          Array.from({ length: 5 }, () => [0.2]),
        )
      )[0],
    ).toBeCloseTo(0.9, 6);
    const [sixth] = await run(
      create,
      Array.from({ length: 6 }, () => [0.2]),
    );
    expect(0.9 - sixth).toBeGreaterThan(0);
    expect(0.9 - sixth).toBeLessThan(0.1);
  });
});

describe.each([
  ['Adam', tf.createAdam],
  ['RAdam', tf.createRadam],
  ['RMSprop', tf.createRmsprop],
])('%s', (_, create) => {
  const gradient = (step: number) => tf.tensor1d([Math.sin(step), 0.3 * step]);

  const train = async (from: number, to: number, before?: { weights: State; optimiser: State }) => {
    const parameters = tf.createParameters({ w: value([2], 1, -1) });
    const optimiser = create(parameters, { learningRate: 0.01, maximumNorm: 1 });
    if (before) {
      tf.restoreParameters(parameters, before.weights);
      optimiser.restore(before.optimiser);
    }
    for (let step = from; step < to; step++) tf.tidy(() => optimiser.step({ w: gradient(step) }));
    const after = { weights: await tf.saveParameters(parameters), optimiser: await optimiser.save() };
    optimiser.dispose();
    tf.disposeParameters(parameters);
    return after;
  };

  it('resumes to the bit and leaves no tensors', async () => {
    const tensors = tf.memory().numTensors;
    const whole = await train(0, 20);
    expect(await train(9, 20, await train(0, 9))).toEqual(whole);
    expect(tf.memory().numTensors).toBe(tensors);
  });

  it('leaves weights without a gradient alone', async () => {
    const parameters = tf.createParameters({ a: value([1], 1), b: value([1], 1) });
    const optimiser = create(parameters, { learningRate: 0.1 });
    tf.tidy(() => optimiser.step({ b: tf.tensor1d([1]) }));
    expect([...(await parameters.a.data())]).toEqual([1]);
    expect((await parameters.b.data())[0]).toBeLessThan(1);
    optimiser.dispose();
    tf.disposeParameters(parameters);
  });
});
