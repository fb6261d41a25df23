import { expect, test } from 'vitest';
import { decimalPlaces, formatValue } from './format.js';

test('the largest value decides the decimals', () => {
  expect(decimalPlaces([-300, 25.25])).toBe(1);
  expect(decimalPlaces([0.5, 0.12345])).toBe(3);
  expect(decimalPlaces([12_345, 2.7])).toBe(0);
  expect(decimalPlaces([0])).toBe(3);
});

test('there is no negative zero', () => {
  expect(formatValue(-0.04, 1)).toBe('0.0');
  expect(formatValue(-0.05, 2)).toBe('-0.05');
});
