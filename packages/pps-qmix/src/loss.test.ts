import { expect, test } from 'vitest';
import { lambdaWeights, linear } from './loss';

const apply = (weights: Float32Array, values: readonly number[], time: number): number[] =>
  Array.from({ length: time }, (_, step) =>
    values.reduce((sum, value, later) => sum + weights[step * (time + 1) + later] * value, 0),
  );

test('λ-returns of pymarl2: three steps, the last one an end', () => {
  // r = 1, 0, 2; Q of the next moments 4, 3, 9 (not used after the end): X = r + 0.4 · 0.99 · Q.
  const parts = [1 + 0.4 * 0.99 * 4, 0.4 * 0.99 * 3, 2, 0];
  const [first, second, third] = apply(lambdaWeights(3, 0.99, 0.6), parts, 3);
  expect(first).toBeCloseTo(3.995344, 5);
  expect(second).toBeCloseTo(2.376, 5);
  expect(third).toBeCloseTo(2, 6);
});

test('λ = 0 leaves every step its own target, λ = 1 gives whole returns', () => {
  expect(apply(lambdaWeights(2, 0.5, 0), [3, 4, 100], 2)).toEqual([3, 4]);
  expect(apply(lambdaWeights(2, 0.5, 1), [3, 4, 100], 2)).toEqual([3 + 2 + 25, 4 + 50]);
});

test('ε falls linearly and stays', () => {
  const schedule = { start: 1, end: 0.5, steps: 100 };
  expect([0, 50, 100, 1e6].map((step) => linear(step, schedule))).toEqual([1, 0.75, 0.5, 0.5]);
  expect(linear(0, { ...schedule, steps: 0 })).toBe(0.5);
});
