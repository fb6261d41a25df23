import { expect, it } from 'vitest';
import { scalarsOf } from './record';

it('flattens the numbers of a record', () => {
  const record = { step: 1, metrics: { return: 2, deep: { won: true } }, text: 'x', list: [1], none: null };
  expect([...scalarsOf(record)]).toEqual([
    ['step', 1],
    ['metrics/return', 2],
    ['metrics/deep/won', 1],
  ]);
});
