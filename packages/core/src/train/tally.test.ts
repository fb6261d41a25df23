import { expect, test } from 'vitest';
import { meansOf, Tally } from './tally';

test('a log has the mean of what was measured, and the last of what counts', () => {
  const workers = [new Tally(), new Tally()];
  for (const [rank, tally] of workers.entries()) {
    tally.addAll({ loss: 1 + rank, updates: 7 }, ['updates']);
    tally.addAll({ loss: 3 + rank, updates: 8 }, ['updates']);
  }
  // Saved and restored between the two lines, nothing is lost.
  const resumed = new Tally();
  resumed.restore(workers[0].save());
  resumed.addAll({ loss: 8, updates: 9 }, ['updates']);
  expect(meansOf([resumed.take()])).toEqual({ loss: 4, updates: 9 });
  expect(meansOf(workers.map((tally) => tally.take()))).toEqual({ loss: 2.5, updates: 8 });
  expect(resumed.take()).toEqual({});
});
