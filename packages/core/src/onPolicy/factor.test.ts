import { expect, test } from 'vitest';
import { boundFactor } from './factor';

test('a bounded factor is at most 1, the product itself stays what it is', () => {
  const product = Float32Array.of(0, 0.5, 1, 1.5, Infinity);
  expect([...boundFactor(product, 'bounded')]).toEqual([0, 0.5, 1, 1, 1]);
  expect(boundFactor(product, 'product')).toBe(product);
  expect([...product]).toEqual([0, 0.5, 1, 1.5, Infinity]);
});
