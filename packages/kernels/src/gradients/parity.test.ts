import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gradientCases } from '../../test/gradientCases.js';
import {
  type Case,
  differences,
  discrepancy,
  gradientDifferences,
  gradients,
  hessianProduct,
  spread,
} from '../../test/parity.js';
import { differentiable, registerGradients } from './index.js';

/** Kernels whose gradient function ran during the present case. */
const used = new Set<string>();

beforeAll(() => {
  for (const kernelName of differentiable) {
    const { gradFunc, ...rest } = tf.getGradient(kernelName);
    tf.registerGradient({
      ...rest,
      gradFunc: (...parameters) => {
        used.add(kernelName);
        return gradFunc(...parameters);
      },
    });
  }
});

afterAll(registerGradients);

const onBackend = async <Result>(name: string, run: () => Promise<Result>): Promise<Result> => {
  await tf.setBackend(name);
  const before = tf.memory().numTensors;
  const result = await run();
  expect(tf.memory().numTensors, `tensors left on ${name}`).toBe(before);
  return result;
};

const title = ({ kernel, variant }: Case): string => (variant ? `${kernel} ${variant}` : kernel);

describe('first derivatives: WASM, CPU and finite differences agree, nothing leaks', () => {
  for (const tested of gradientCases) {
    it(title(tested), async () => {
      const { inputs } = tested;
      const expected = await onBackend('cpu', () => differences(tested, inputs));
      const cpu = await onBackend('cpu', () => gradients(tested, inputs));
      used.clear();
      const wasm = await onBackend('wasm', () => gradients(tested, inputs));
      expect(used).toContain(tested.kernel);
      expect(discrepancy(cpu, expected)).toBeLessThan(3e-4);
      expect(discrepancy(wasm, expected)).toBeLessThan(3e-4);
      expect(discrepancy(wasm, cpu)).toBeLessThan(3e-5);
    });
  }
});

describe('second derivatives: Hessian-vector products match differences of the gradient', () => {
  for (const tested of gradientCases.filter(({ second }) => second !== false)) {
    it(title(tested), async () => {
      const { inputs } = tested;
      const direction = inputs.map(({ shape }, index) => spread(shape, -1, 1, 20 + index));
      const expected = await onBackend('cpu', () => gradientDifferences(tested, inputs, direction));
      const cpu = await onBackend('cpu', () => hessianProduct(tested, inputs, direction));
      used.clear();
      const wasm = await onBackend('wasm', () => hessianProduct(tested, inputs, direction));
      expect(used).toContain(tested.kernel);
      expect(discrepancy(cpu, expected)).toBeLessThan(1e-3);
      expect(discrepancy(wasm, expected)).toBeLessThan(1e-3);
      expect(discrepancy(wasm, cpu)).toBeLessThan(1e-4);
    });
  }
});

it('tests exactly the gradients that are registered', () => {
  expect([...new Set(gradientCases.map(({ kernel }) => kernel))].sort()).toEqual([...differentiable].sort());
});
