import '@tensorflow/tfjs-backend-wasm';
import '../gradients/index.js';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Build, dense, install } from '../index.js';
import { restore } from '../wasm/replace.js';
import { adam, radam, rmsprop } from './index.js';

const wave = (count: number, seed: number) =>
  Float32Array.from({ length: count }, (_, i) => Math.sin(1.3 * i + seed));

const variables = (shapes: number[][], seed?: number) =>
  shapes.map((shape) => {
    const size = shape.reduce((a, b) => a * b, 1);
    return tf.tidy(() =>
      tf.variable(seed === undefined ? tf.zeros(shape) : tf.tensor(wave(size, seed), shape)),
    );
  });

const shapes = [[3, 5], [7], [], [4, 16], [0, 2]];
const optimisers = { adam, radam, rmsprop };
type Name = keyof typeof optimisers;

/** Parameters after some steps with gradients that follow from the step. */
const trained = async (name: Name, steps: number[], state = lists(), maximumNorm?: number) => {
  for (const step of steps) {
    const gradients = shapes.map((shape, i) =>
      tf.tensor(
        wave(
          shape.reduce((a, b) => a * b, 1),
          step + i,
        ),
        shape,
      ),
    );
    optimisers[name]({ ...state, gradients, step }, { learningRate: 0.05, maximumNorm });
    tf.dispose(gradients);
  }
  const values = await Promise.all(state.parameters.map(async (each) => Array.from(await each.data())));
  return values.flat();
};
const lists = () => ({
  parameters: variables(shapes, 0.5),
  means: variables(shapes),
  squares: variables(shapes),
});

describe('one step by hand', () => {
  beforeAll(async () => {
    await tf.setBackend('wasm');
    await install({ build: 'simd' });
  });
  afterAll(restore);

  const step = async (name: Name, maximumNorm?: number) => {
    const of = (value: number[]) => [tf.tidy(() => tf.variable(tf.tensor1d(value)))];
    const gradients = [tf.tensor1d([3, -4])];
    const state = { parameters: of([1, 2]), means: of([0, 0]), squares: of([0, 0]), gradients, step: 1 };
    optimisers[name](state, { learningRate: 0.1, maximumNorm });
    return Array.from(await state.parameters[0].data());
  };

  it('adam moves by the learning rate', async () => {
    const [a, b] = await step('adam');
    expect(a).toBeCloseTo(0.9, 6);
    expect(b).toBeCloseTo(2.1, 6);
  });

  it('radam starts as momentum: by the learning rate times the gradient, clipped to length 1 here', async () => {
    const [a, b] = await step('radam', 1);
    expect(a).toBeCloseTo(1 - 0.1 * 0.6, 6);
    expect(b).toBeCloseTo(2 + 0.1 * 0.8, 6);
  });

  it('rmsprop divides by the root of a hundredth of the square', async () => {
    const [a, b] = await step('rmsprop');
    expect(a).toBeCloseTo(1 - 1, 5);
    expect(b).toBeCloseTo(2 + 1, 5);
  });
});

describe.each<Build>(['simd', 'relaxed'])('optimisers of the %s build', (build) => {
  const useKernels = async () => expect(await install({ build })).toMatchObject({ installed: true });
  beforeAll(async () => {
    await tf.setBackend('wasm');
  });
  afterAll(restore);

  const steps = Array.from({ length: 12 }, (_, i) => i + 1);
  it.each(Object.keys(optimisers) as Name[])('%s does as its composition', async (name) => {
    for (const maximumNorm of [undefined, 1.5]) {
      restore();
      const expected = await trained(name, steps, lists(), maximumNorm);
      await useKernels();
      const found = await trained(name, steps, lists(), maximumNorm);
      expect(found.length).toBe(expected.length);
      const difference = found.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i])), 0);
      expect(difference).toBeLessThan(5e-6);
    }
  });

  it.each(Object.keys(optimisers) as Name[])('%s resumes to the bit', async (name) => {
    await useKernels();
    const whole = await trained(name, steps);
    const state = lists();
    await trained(name, steps.slice(0, 5), state);
    const moved = Object.fromEntries(
      await Promise.all(
        Object.entries(state).map(async ([kind, list]) => [
          kind,
          await Promise.all(list.map(async (each) => tf.variable(tf.tensor(await each.data(), each.shape)))),
        ]),
      ),
    ) as ReturnType<typeof lists>;
    expect(await trained(name, steps.slice(5), moved)).toEqual(whole);
  });

  it('leaves a clone of a parameter as it was', async () => {
    await useKernels();
    const state = lists();
    const clone = tf.clone(state.parameters[0]);
    const before = Array.from(await clone.data());
    await trained('adam', [1], state);
    expect(Array.from(await clone.data())).toEqual(before);
    expect(Array.from(await state.parameters[0].data())).not.toEqual(before);
  });

  it('refuses lists that do not fit before it changes anything', async () => {
    await useKernels();
    const state = lists();
    const before = Array.from(await state.parameters[0].data());
    const gradients = shapes.map((shape) => tf.ones(shape));
    expect(() => adam({ ...state, gradients: gradients.slice(1), step: 1 }, { learningRate: 1 })).toThrow(
      '@murmuration/kernels: adam got 4 gradients for 5 parameters',
    );
    const wrong = [...gradients.slice(0, 4), tf.ones([2])];
    expect(() => adam({ ...state, gradients: wrong, step: 1 }, { learningRate: 1 })).toThrow(
      '@murmuration/kernels: adam: gradients[4] is float32 [2], parameter 4 is float32 [0,2]',
    );
    const whole = { ...state, gradients, step: 1 };
    expect(() => adam({ ...whole, step: 0 }, { learningRate: 1 })).toThrow(
      '@murmuration/kernels: adam counts steps from 1, found 0',
    );
    expect(() => radam(whole, { learningRate: Number.NaN })).toThrow(
      '@murmuration/kernels: radam needs a learning rate, found NaN',
    );
    gradients[3].dispose();
    expect(() => rmsprop(whole, { learningRate: 1 })).toThrow(
      '@murmuration/kernels: rmsprop: gradients[3] is disposed',
    );
    expect(Array.from(await state.parameters[0].data())).toEqual(before);
  });
});

describe('training', () => {
  beforeAll(async () => {
    await tf.setBackend('wasm');
    await install();
  });
  afterAll(restore);

  it('trains 10,000 steps without a tensor or a page of memory more', async () => {
    const x = tf.tensor2d(wave(8 * 6, 0), [8, 6]);
    const parameters = variables([[6, 9], [9], [9, 2], [2]], 0.1);
    const [means, squares] = [
      variables(parameters.map((each) => each.shape)),
      variables(parameters.map((each) => each.shape)),
    ];
    const [w0, b0, w1, b1] = parameters as [
      tf.Variable<tf.Rank.R2>,
      tf.Variable,
      tf.Variable<tf.Rank.R2>,
      tf.Variable,
    ];
    const train = (step: number) =>
      tf.tidy(() => {
        const output = () => dense(dense(x, w0, b0, 'relu'), w1, b1);
        const { grads } = tf.variableGrads(() => tf.mean(tf.square(output())) as tf.Scalar, parameters);
        const gradients = parameters.map(({ name }) => grads[name]);
        adam({ parameters, gradients, means, squares, step }, { learningRate: 1e-3, maximumNorm: 1 });
      });
    for (let step = 1; step <= 100; step++) train(step);
    const { wasm } = tf.engine().backend as unknown as { wasm: { asm: { memory: WebAssembly.Memory } } };
    const [before, heap] = [tf.memory(), wasm.asm.memory.buffer.byteLength];
    for (let step = 101; step <= 10_100; step++) train(step);
    expect(tf.memory()).toEqual(before);
    expect(wasm.asm.memory.buffer.byteLength).toBe(heap);
  });
});
