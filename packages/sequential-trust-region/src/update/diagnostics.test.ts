import { expect, it } from 'vitest';
import { weightedVariances } from './diagnostics';

it('gives sample variances over those alive, with and without the bound', () => {
  const advantages = Float32Array.of(1, -1, 2, 5);
  const product = Float32Array.of(2, 0.5, 1, 9);
  const found = weightedVariances(3, advantages, product, Uint8Array.of(1, 1, 1, 0));
  // M Â: 2, −0.5, 2; min(1, M) Â: 1, −0.5, 2.
  expect(Object.keys(found)).toEqual(['variance.product.3', 'variance.bounded.3']);
  expect(found['variance.product.3']).toBeCloseTo(2.083333, 6);
  expect(found['variance.bounded.3']).toBeCloseTo(1.583333, 6);
});

it('is 0 of fewer than two', () => {
  const one = Float32Array.of(3);
  expect(weightedVariances(1, one, one, Uint8Array.of(0))).toEqual({
    'variance.product.1': 0,
    'variance.bounded.1': 0,
  });
});
