import { MurmurationError } from '../../errors';
import type { Reduce } from '../../learner';

/** Numbers that go through shared memory at once; arrays that are longer go in pieces. */
const slotLength = 65_536;

/** Memory that workers share to add up. */
export interface SumMemory {
  readonly workers: number;
  /** `[worker]`: twice how often it has arrived, and 1 where it has left for good. */
  readonly arrivals: Int32Array<SharedArrayBuffer>;
  /** `[turn % 2, worker, 2]`: arrays and numbers that it asked to sum. */
  readonly asked: Int32Array<SharedArrayBuffer>;
  /** `[turn % 2, worker, slotLength]` */
  readonly slots: Float32Array<SharedArrayBuffer>;
}

export const createSumMemory = (workers: number): SumMemory => ({
  workers,
  arrivals: new Int32Array(new SharedArrayBuffer(4 * workers)),
  asked: new Int32Array(new SharedArrayBuffer(4 * 2 * workers * 2)),
  slots: new Float32Array(new SharedArrayBuffer(4 * 2 * workers * slotLength)),
});

/** One worker's way to add up with the others. */
export interface Sums {
  readonly reduce: Reduce;
  /** Nothing more will be summed here: whoever still waits for this worker fails instead of waiting for ever. */
  leave(): void;
}

/** How often to look before going to sleep: to wake up takes longer than most waits. */
const glances = 20_000;

/** Cut arrays into lists of views of at most `slotLength` numbers in all; one empty list where there are no numbers. */
const piecesOf = (arrays: readonly Float32Array[]): Float32Array[][] => {
  const pieces: Float32Array[][] = [[]];
  let room = slotLength;
  for (const array of arrays) {
    for (let from = 0; from < array.length; ) {
      if (room === 0) {
        pieces.push([]);
        room = slotLength;
      }
      const part = array.subarray(from, from + room);
      pieces[pieces.length - 1].push(part);
      from += part.length;
      room -= part.length;
    }
  }
  return pieces;
};

/**
 * Sums over workers that each run in a thread of their own: every worker writes its numbers into its slot, waits until
 * all have, and adds the slots up in the order of the workers, in float64. So all get the same sums, to the bit, and get
 * them again in the next run. Slots are used in turn, so that nobody writes where somebody may still read.
 * @param rank this worker
 */
export const joinSums = ({ workers, arrivals, asked, slots }: SumMemory, rank: number): Sums => {
  let turn = 0;

  const fail = (message: string): MurmurationError =>
    new MurmurationError(
      '@murmuration/core',
      `${message}; let every worker ask for the same sums in the same order`,
    );

  const waitFor = (other: number): void => {
    for (let glance = 0; ; glance++) {
      const word = Atomics.load(arrivals, other);
      if (word >> 1 >= turn) return;
      if (word & 1) throw fail(`worker ${rank} wants to sum, but worker ${other} has come to its end`);
      if (glance >= glances) Atomics.wait(arrivals, other, word);
    }
  };

  const check = (parity: number): void => {
    const [arrays, numbers] = asked.subarray(2 * (parity * workers + rank));
    for (let other = 0; other < workers; other++) {
      const [otherArrays, otherNumbers] = asked.subarray(2 * (parity * workers + other));
      if (otherArrays === arrays && otherNumbers === numbers) continue;
      throw fail(
        `worker ${rank} sums ${arrays} arrays of ${numbers} numbers in all, worker ${other} ${otherArrays} of ${otherNumbers}`,
      );
    }
  };

  const sumPiece = (piece: readonly Float32Array[], arrays: number, numbers: number): void => {
    turn++;
    const parity = turn % 2;
    const slotOf = (worker: number): number => (parity * workers + worker) * slotLength;
    asked.set([arrays, numbers], 2 * (parity * workers + rank));
    let place = slotOf(rank);
    for (const part of piece) {
      slots.set(part, place);
      place += part.length;
    }
    Atomics.store(arrivals, rank, 2 * turn);
    Atomics.notify(arrivals, rank);
    for (let other = 0; other < workers; other++) waitFor(other);
    check(parity);
    let offset = 0;
    for (const part of piece) {
      for (let index = 0; index < part.length; index++) {
        let sum = 0;
        for (let worker = 0; worker < workers; worker++) sum += slots[slotOf(worker) + offset + index];
        part[index] = sum;
      }
      offset += part.length;
    }
  };

  return {
    async reduce(arrays) {
      const numbers = arrays.reduce((sum, { length }) => sum + length, 0);
      for (const piece of piecesOf(arrays)) sumPiece(piece, arrays.length, numbers);
    },
    leave() {
      Atomics.or(arrivals, rank, 1);
      Atomics.notify(arrivals, rank);
    },
  };
};
