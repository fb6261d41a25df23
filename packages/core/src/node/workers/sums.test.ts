import { expect, it } from 'vitest';
import { createSumMemory, joinSums, type SumMemory } from './sums';

const slotLength = 65_536;

/** Have a worker arrive at its turns beforehand, so that who waits for it need not wait. */
const arrive = (
  memory: SumMemory,
  rank: number,
  arrays: number,
  pieces: readonly Float32Array[],
  numbers: number,
) => {
  for (const [index, piece] of pieces.entries()) {
    const place = ((index + 1) % 2) * memory.workers + rank;
    memory.slots.set(piece, place * slotLength);
    memory.asked.set([arrays, numbers], 2 * place);
  }
  memory.arrivals[rank] = 2 * pieces.length;
};

it('adds up in the order of the workers, in float64', async () => {
  const memory = createSumMemory(3);
  arrive(memory, 0, 2, [Float32Array.of(1e8, 0.5, 1)], 3);
  arrive(memory, 1, 2, [Float32Array.of(1, 0.25, 2)], 3);
  const arrays = [Float32Array.of(-1e8), Float32Array.of(0.25, 3)];
  await joinSums(memory, 2).reduce(arrays);
  expect(arrays).toEqual([Float32Array.of(1), Float32Array.of(1, 6)]);
});

it('sends long arrays in pieces', async () => {
  const memory = createSumMemory(2);
  const length = slotLength + 3;
  const other = Float32Array.from({ length }, (_, index) => index);
  arrive(memory, 1, 2, [other.subarray(0, slotLength), other.subarray(slotLength)], length);
  const arrays = [new Float32Array(2).fill(1), new Float32Array(length - 2).fill(1)];
  await joinSums(memory, 0).reduce(arrays);
  expect([...arrays[0]]).toEqual([1, 2]);
  expect([...arrays[1].subarray(-4)]).toEqual([65_536, 65_537, 65_538, 65_539]);
});

it('refuses to add up what does not belong together', async () => {
  const memory = createSumMemory(2);
  arrive(memory, 1, 1, [Float32Array.of(1)], 1);
  await expect(joinSums(memory, 0).reduce([Float32Array.of(1, 2)])).rejects.toThrow(
    'worker 0 sums 1 arrays of 2 numbers in all, worker 1 1 of 1; let every worker ask for the same sums',
  );
});

it('does not wait for a worker that has come to its end', async () => {
  const memory = createSumMemory(2);
  joinSums(memory, 1).leave();
  await expect(joinSums(memory, 0).reduce([Float32Array.of(1)])).rejects.toThrow(
    'worker 0 wants to sum, but worker 1 has come to its end',
  );
});
