import { alone, randomFrom } from '@murmuration/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { allOf, cutInto, minibatchesOf, piecesOf } from './sequences';

const size = fc.integer({ min: 1, max: 4 });

it('minibatches are the same sets of steps however many workers share them', () => {
  fc.assert(
    fc.property(size, size, size, size, size, (workers, copies, stretches, agents, parts) => {
      const minibatches = Math.min(parts, workers * copies * stretches * agents);
      const sequencesOf = (count: number) =>
        cutInto({
          ...{ steps: 2 * stretches, length: 2, copies: count, team: agents },
          agents: Array.from({ length: agents }, (_, agent) => agent),
        });
      const whole = minibatchesOf(randomFrom(7), sequencesOf(copies * workers), minibatches, alone);
      const together: number[][] = whole.map(() => []);
      for (let rank = 0; rank < workers; rank++) {
        const own = minibatchesOf(randomFrom(7), sequencesOf(copies), minibatches, { rank, workers });
        for (const [part, sequences] of own.entries()) {
          for (const sequence of sequences) {
            const block = Math.floor(sequence / agents);
            const copy = rank * copies + (block % copies);
            const stretch = Math.floor(block / copies);
            together[part].push((stretch * copies * workers + copy) * agents + (sequence % agents));
          }
        }
      }
      const sorted = (lists: Iterable<number>[]) => lists.map((list) => [...list].sort((a, b) => a - b));
      expect(sorted(together)).toEqual(sorted(whole));
    }),
  );
});

it('refuses more minibatches than there are sequences', () => {
  const sequences = cutInto({ steps: 10, length: 5, copies: 1, team: 2, agents: [0] });
  const cut = (minibatches: number, workers: number) =>
    minibatchesOf(randomFrom(0), sequences, minibatches, { rank: 0, workers });
  expect(cut(2, 1).map((part) => part.length)).toEqual([1, 1]);
  expect(cut(4, 2)).toHaveLength(4);
  expect(() => cut(3, 1)).toThrow(
    'minibatches is 3, but a rollout gives a network 2 sequences of 5 steps; set fewer minibatches, more copies or a longer rollout',
  );
});

it('a piece has whole sequences, at most 8,192 rows of them but at least one', () => {
  const sizesAt = (length: number, copies: number) => {
    const sequences = cutInto({ steps: length, length, copies, team: 1, agents: [0] });
    return piecesOf(sequences, allOf(sequences)).map((piece) => piece.length);
  };
  expect(sizesAt(1, 20_000)).toEqual([8192, 8192, 3616]);
  expect(sizesAt(100, 163)).toEqual([81, 81, 1]);
  expect(sizesAt(10_000, 2)).toEqual([1, 1]);
});
