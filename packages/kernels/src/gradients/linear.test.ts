import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spread } from '../../test/parity.js';
import './index.js';

// The gradient of a linear function f is its adjoint: ⟨f(v), w⟩ = ⟨v, fᵀw⟩ for every v and w. No step, no truncation:
// it holds for any shape up to rounding.

const length = fc.integer({ min: 1, max: 4 });
const shape = fc.array(length, { minLength: 1, maxLength: 4 });
/** A shape and one number in [0, 1) for each of its axes, to derive the operation's attributes from. */
const shapeAndChoices = shape.chain((lengths) =>
  fc.tuple(
    fc.constant(lengths),
    fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), {
      minLength: lengths.length,
      maxLength: lengths.length,
    }),
  ),
);

const values = (lengths: number[], seed: number): tf.Tensor => {
  const input = spread(lengths, -1, 1, seed);
  return tf.tensor(input.values, lengths);
};

async function expectAdjoint(lengths: number[], apply: (x: tf.Tensor) => tf.Tensor): Promise<void> {
  const before = tf.memory().numTensors;
  const [forward, backward] = tf.tidy(() => {
    const v = values(lengths, 1);
    const image = apply(v);
    const w = values(image.shape, 2);
    const transposed = tf.grad(apply)(v, w);
    expect(transposed.shape).toEqual(lengths);
    return [tf.sum(tf.mul(image, w)), tf.sum(tf.mul(transposed, v))];
  });
  const [left] = await forward.data();
  const [right] = await backward.data();
  tf.dispose([forward, backward]);
  expect(tf.memory().numTensors).toBe(before);
  expect(right).toBeCloseTo(left, 3);
}

type Operation = (x: tf.Tensor, choices: number[]) => tf.Tensor;

const chosen = (choices: number[]): number[] =>
  choices.flatMap((choice, axis) => (choice < 0.5 ? [axis] : []));
const pick = (choices: number[]): number => Math.floor(choices[0] * choices.length);
const order = (choices: number[]): number[] =>
  choices.map((_, axis) => axis).sort((a, b) => choices[a] - choices[b] || a - b);

const operations: Record<string, Operation> = {
  sum: (x, choices) => tf.sum(x, chosen(choices)),
  mean: (x, choices) => tf.mean(x, chosen(choices), true),
  cumsum: (x, choices) => tf.cumsum(x, pick(choices), choices[0] < 0.3, choices[0] > 0.6),
  tile: (x, choices) =>
    tf.tile(
      x,
      choices.map((choice) => 1 + Math.floor(choice * 3)),
    ),
  transpose: (x, choices) => tf.transpose(x, order(choices)),
  reverse: (x, choices) => tf.reverse(x, chosen(choices)),
  pad: (x, choices) =>
    tf.pad(
      x,
      choices.map((choice): [number, number] => [Math.floor(choice * 3), Math.floor(choice * 10) % 3]),
    ),
  slice: (x, choices) =>
    tf.slice(
      x,
      choices.map((choice, axis) => Math.floor(choice * x.shape[axis])),
      choices.map((choice, axis) => Math.max(1, Math.floor((1 - choice) * x.shape[axis]))),
    ),
  stack: (x, choices) => tf.stack([x, tf.mul(x, 2), x], Math.floor(choices[0] * (choices.length + 1))),
  unstack: (x, choices) => {
    const parts = tf.unstack(x, pick(choices));
    return tf.add(parts[0], tf.mul(parts[parts.length - 1], 3));
  },
  concat: (x, choices) => tf.concat([x, tf.neg(x), x], pick(choices)),
  gather: (x, choices) => {
    const axis = pick(choices);
    const indices = choices.map((choice) => Math.floor(choice * x.shape[axis]));
    return tf.gather(x, tf.tensor1d([...indices, 0], 'int32'), axis);
  },
  'batched gather': (x, choices) => {
    if (x.rank < 2) return tf.gather(x, tf.tensor1d([0, 0], 'int32'));
    // As many indices as there are batches: where it is no multiple of them, the WASM kernel picks wrong elements.
    const [batches, length] = [x.shape[0], x.shape[x.rank - 1]];
    const indices = Array.from({ length: batches * batches }, (_, index) =>
      Math.floor(choices[index % choices.length] * length),
    );
    return tf.gather(x, tf.tensor2d(indices, [batches, batches], 'int32'), x.rank - 1, 1);
  },
  'broadcast product': (x, choices) => {
    const other = x.shape.map((size, axis) => (choices[axis] < 0.5 ? size : 1));
    return tf.mul(x, values([2, ...other], 3));
  },
  'broadcast subtraction': (x) => tf.sub(x, tf.zeros([2, 3, ...x.shape])),
  'matrix product': (x, choices) => {
    const matrix = tf.reshape(x, [-1, x.shape[x.rank - 1]]);
    const [transposeA, transposeB] = [choices[0] < 0.5, choices[0] * 4 - Math.floor(choices[0] * 4) < 0.5];
    const shared = transposeA ? matrix.shape[0] : matrix.shape[1];
    return tf.matMul(matrix, values(transposeB ? [3, shared!] : [shared!, 3], 4), transposeA, transposeB);
  },
};

for (const backend of ['wasm', 'cpu']) {
  describe(`linear operations of any shape on ${backend}`, () => {
    for (const [name, apply] of Object.entries(operations)) {
      it(name, async () => {
        await tf.setBackend(backend);
        await fc.assert(
          fc.asyncProperty(shapeAndChoices, ([lengths, choices]) =>
            expectAdjoint(lengths, (x) => apply(x, choices)),
          ),
          { numRuns: 40, seed: 7 },
        );
      });
    }
  });
}
