import '@tensorflow/tfjs-backend-wasm';
import '../src/gradients/index.js';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import {
  adam,
  attention,
  categorical,
  dense,
  gelu,
  gru,
  install,
  layerNorm,
  meanSquaredError,
  radam,
  rmsprop,
  softmax,
} from '../src/index.js';
import type { WasmBackend } from '../src/wasm/backend.js';

beforeAll(async () => {
  await tf.setBackend('wasm');
  expect(await install()).toMatchObject({ installed: true });
});

/** Values in ±0.3 from a formula. */
const values = (...shape: number[]): tf.Tensor => {
  const size = shape.reduce((product, length) => product * length, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, (_, i) => 0.3 * Math.sin(12.9898 * (i + 1))),
    shape,
  );
};

const [time, batch, units, actions] = [3, 4, 8, 5];

const shapes = {
  scale: [units],
  shift: [units],
  weight: [units, units],
  bias: [units],
  inputWeight: [units, 3 * units],
  recurrentWeight: [units, 3 * units],
  inputBias: [3 * units],
  recurrentBias: [3 * units],
  last: [units, actions],
  lastBias: [actions],
} as const;

/** Bytes that WebAssembly holds, and where its allocator would put the next large block. */
const heap = () => {
  const { wasm } = tf.backend() as unknown as WasmBackend;
  const block = wasm._malloc(1 << 20);
  wasm._free(block);
  return { bytes: wasm.asm.memory.buffer.byteLength, block };
};

it('10,000 training steps leave the tensors and the heap as they were', async () => {
  const create = () => Object.values(shapes).map((shape) => tf.tidy(() => tf.variable(values(...shape))));
  const [parameters, means, squares] = [create(), create(), create()];
  const [scale, shift, weight, bias, inputWeight, recurrentWeight, inputBias, recurrentBias, last, lastBias] =
    parameters;
  const [x, start, taken] = [
    values(time, batch, units),
    values(batch, units),
    tf.zeros([batch, time], 'int32'),
  ];
  const mask = tf.tidy(() => tf.less(tf.abs(values(batch, time, actions)), 0.25));
  let step = 0;
  /** The fused operations of a policy; now and then the others, and a gradient of a gradient. */
  const loss = (): tf.Scalar => {
    const normal = layerNorm(x, scale, shift);
    const hidden = dense(normal, weight as tf.Tensor as tf.Tensor2D, bias, 'relu');
    const states = gru(hidden, start, { inputWeight, recurrentWeight, inputBias, recurrentBias });
    const turned = tf.transpose(states, [1, 0, 2]);
    const seen = attention(turned, turned, turned, 2);
    const logits = dense(seen, last as tf.Tensor as tf.Tensor2D, lastBias);
    const { logProbability, entropy } = categorical(logits, taken);
    const policy = tf.neg(tf.add(tf.mean(logProbability), tf.mul(tf.mean(entropy), 0.01))) as tf.Scalar;
    if (step % 5 !== 0) return policy;
    const picked = tf.gather(gelu(logits), [3, 0, 2, 1]);
    const value = tf.add(policy, meanSquaredError(softmax(picked, mask), tf.zerosLike(picked))) as tf.Scalar;
    if (step % 50 !== 0) return value;
    // The length of its own gradient, taken of what ran before.
    const [slope] = tf.grads(() => value)([last]);
    return tf.add(value, tf.mul(1e-3, tf.sum(tf.square(slope)))) as tf.Scalar;
  };
  const train = (steps: number) => {
    for (const end = step + steps; step < end; ) {
      step++;
      tf.tidy(() => {
        const { grads } = tf.variableGrads(loss, parameters);
        const gradients = parameters.map(({ name }) => grads[name]);
        const optimise = [adam, radam, rmsprop][step % 3];
        optimise({ parameters, gradients, means, squares, step }, { learningRate: 1e-4, maximumNorm: 1 });
      });
    }
  };
  train(100);
  const [tensors, memory] = [tf.memory(), heap()];
  train(9900);
  expect(tf.memory()).toEqual(tensors);
  expect(heap()).toEqual(memory);
  tf.dispose([parameters, means, squares, x, start, taken, mask]);
});
