import { expect, it } from 'vitest';
import { weightedVariances } from './diagnostics';

const oneWorker = async () => {};

it('gives sample variances over those alive, with and without the bound', async () => {
  const samples = {
    advantages: Float32Array.of(1, -1, 2, 5),
    product: Float32Array.of(2, 0.5, 1, 9),
    active: Uint8Array.of(1, 1, 1, 0),
  };
  const found = await weightedVariances(3, samples, oneWorker);
  // M Â: 2, −0.5, 2; min(1, M) Â: 1, −0.5, 2.
  expect(Object.keys(found)).toEqual(['variance.product.3', 'variance.bounded.3']);
  expect(found['variance.product.3']).toBeCloseTo(2.083333, 6);
  expect(found['variance.bounded.3']).toBeCloseTo(1.583333, 6);
});

it('is 0 of fewer than two', async () => {
  const one = Float32Array.of(3);
  const samples = { advantages: one, product: one, active: Uint8Array.of(0) };
  expect(await weightedVariances(1, samples, oneWorker)).toEqual({
    'variance.product.1': 0,
    'variance.bounded.1': 0,
  });
});
