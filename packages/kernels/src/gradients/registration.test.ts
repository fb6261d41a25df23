import { readFileSync } from 'node:fs';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { differentiable, registerGradients } from './index.js';

beforeAll(() => tf.setBackend('wasm'));
afterEach(() => {
  vi.restoreAllMocks();
  tf.env().set('DEBUG', false);
});

const slope = async (f: (x: tf.Tensor) => tf.Tensor, at: number | number[]): Promise<number[]> => {
  const gradient = tf.tidy(() => tf.grad((x) => tf.sum(f(x)))(tf.tensor(at)));
  const values = [...(await gradient.data())];
  gradient.dispose();
  return values;
};

describe('registration', () => {
  it('replaces what others registered, without a word, as often as one likes', async () => {
    tf.registerGradient({
      kernelName: 'Square',
      gradFunc: (dy) => ({ x: () => tf.mul(dy as tf.Tensor, 99) }),
    });
    expect(await slope(tf.square, 3)).toEqual([99]);
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    // In debug mode tfjs warns of replaced gradients; switching it on warns too, and does not count.
    tf.env().set('DEBUG', true);
    warn.mockClear();
    registerGradients();
    registerGradients();
    expect(warn).not.toHaveBeenCalled();
    tf.env().set('DEBUG', false);
    expect(await slope(tf.square, 3)).toEqual([6]);
  });

  it('registers each name once', () => {
    expect(new Set(differentiable).size).toBe(differentiable.length);
    for (const name of differentiable) expect(tf.getGradient(name)?.kernelName).toBe(name);
  });
});

describe('where functions have a kink', () => {
  it('max and min share a tie among the equal ones', async () => {
    expect(await slope((x) => tf.max(x), [2, 5, 5, 1])).toEqual([0, 0.5, 0.5, 0]);
    expect(await slope((x) => tf.min(x), [4, 4, 4, 4, 9])).toEqual([0.25, 0.25, 0.25, 0.25, 0]);
  });

  it('maximum and minimum give a tie to the first', async () => {
    expect(await slope((x) => tf.maximum(x, 1), [0, 1, 2])).toEqual([0, 1, 1]);
    expect(await slope((x) => tf.maximum(1, x), [0, 1, 2])).toEqual([0, 0, 1]);
    expect(await slope((x) => tf.minimum(x, 1), [0, 1, 2])).toEqual([1, 1, 0]);
  });

  it('relu and its relatives are flat at zero, clipping passes at its bounds', async () => {
    expect(await slope(tf.relu, [-1, 0, 1])).toEqual([0, 0, 1]);
    expect(await slope(tf.relu6, [-1, 0, 3, 6, 7])).toEqual([0, 0, 1, 0, 0]);
    expect(await slope((x) => tf.leakyRelu(x, 0.25), [-1, 0, 1])).toEqual([0.25, 0.25, 1]);
    expect(await slope((x) => tf.clipByValue(x, -1, 2), [-2, -1, 0, 2, 3])).toEqual([0, 1, 1, 1, 0]);
    expect(await slope(tf.abs, [-2, 0, 2])).toEqual([-1, 0, 1]);
  });

  it('stays finite beside the −∞ of masked actions', async () => {
    const masked = Number.NEGATIVE_INFINITY;
    expect(await slope((x) => tf.max(x), [masked, 1, masked, 0])).toEqual([0, 1, 0, 0]);
    expect(await slope((x) => tf.minimum(x, tf.tensor1d([masked, 2])), [masked, 1])).toEqual([1, 1]);
    const [first, second, third] = await slope(
      (x) => tf.slice(tf.logSoftmax(x), [0], [1]),
      [0, masked, Math.log(3)],
    );
    expect([first, second, third]).toEqual([expect.closeTo(0.75, 6), 0, expect.closeTo(-0.75, 6)]);
  });

  it('powers are flat in an exponent of zero, also at zero', async () => {
    expect(await slope((x) => tf.pow(x, tf.scalar(0)), [0, 2])).toEqual([0, 0]);
    expect(await slope((x) => tf.pow(x, tf.scalar(2)), [0, 3])).toEqual([0, 6]);
    expect(await slope((exponent) => tf.pow(tf.scalar(0), exponent), [1])).toEqual([0]);
  });
});

describe('the segment sum that WASM lacks', () => {
  it('adds rows to segments, leaving out ids that name none', async () => {
    const x = tf.tensor2d([1, 2, 3, 4, 5, 6, 7, 8], [4, 2]);
    const sums = tf.unsortedSegmentSum(x, tf.tensor1d([2, 0, 2, -1], 'int32'), 3);
    expect(sums.shape).toEqual([3, 2]);
    expect([...(await sums.data())]).toEqual([3, 4, 0, 0, 6, 8]);
    tf.dispose([x, sums]);
  });

  it('adds whole numbers as whole numbers', async () => {
    const sums = tf.unsortedSegmentSum(tf.tensor1d([1, 2, 3], 'int32'), tf.tensor1d([1, 1, 0], 'int32'), 2);
    expect(sums.dtype).toBe('int32');
    expect([...(await sums.data())]).toEqual([3, 3]);
    sums.dispose();
  });

  it('reads its input after the memory has grown', async () => {
    const x = tf.ones([64, 4]);
    const ids = tf.tensor1d(
      Int32Array.from({ length: 64 }, (_, row) => row % 2),
      'int32',
    );
    // An output of 64 MB: larger than the 16 MB that the backend starts with.
    const sums = tf.unsortedSegmentSum(x, ids, 4_000_000);
    const firstRows = tf.slice(sums, [0, 0], [3, 4]);
    expect([...(await firstRows.data())]).toEqual([32, 32, 32, 32, 32, 32, 32, 32, 0, 0, 0, 0]);
    tf.dispose([x, ids, sums, firstRows]);
  });
});

it('names the layout of images that conv2d has no gradient for', () => {
  const image = tf.ones([1, 1, 2, 2]);
  const filter = tf.ones([1, 1, 1, 1]);
  const attributes = { strides: 1, pad: 'valid', dataFormat: 'NCHW', dilations: 1 };
  const { x } = tf.getGradient('Conv2D').gradFunc(image, [image, filter], attributes);
  expect(x).toThrow(/'NHWC' only, found 'NCHW'/);
  tf.dispose([image, filter]);
});

it('is described, kernel by kernel, in the README', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  expect(differentiable.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});
