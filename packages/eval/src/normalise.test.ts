import { expect, test } from 'vitest';
import { normalise, observedRange } from './normalise.js';

test('puts every task on the scale of its range', () => {
  const ranges = [
    { minimum: -200, maximum: 300 },
    { minimum: 0, maximum: 4 },
  ];
  expect(
    normalise(
      [
        [300, 50, -200],
        [1, 5],
      ],
      ranges,
    ),
  ).toEqual([
    [1, 0.5, 0],
    [0.25, 1.25],
  ]);
});

test('the observed range spans all lists', () => {
  expect(observedRange([[3, 1], [-2], [8, 0]])).toEqual({ minimum: -2, maximum: 8 });
});

test('refuses an empty range and a missing one', () => {
  expect(() => normalise([[1]], [{ minimum: 2, maximum: 2 }])).toThrow('the range of task 0 is 2 to 2');
  expect(() => normalise([[1]], [observedRange([])])).toThrow('give a maximum above the minimum');
  expect(() => normalise([[1], [2]], [{ minimum: 0, maximum: 1 }])).toThrow('2 tasks but 1 ranges');
});
