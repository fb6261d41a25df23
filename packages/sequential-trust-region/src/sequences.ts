import {
  ConfigurationError,
  partition,
  permutation,
  type Random,
  type Reduce,
  type Shard,
} from '@murmuration/core';
import { packageName } from './papers';

/**
 * The sequences that a rollout is cut into: for each stretch of time, each copy and each of some agents, so many steps.
 * Without recurrence a sequence is one step. A sequence's number is `(stretch * copies + copy) * agents.length + place`.
 */
export interface Sequences {
  /** Steps of a sequence. */
  readonly length: number;
  readonly copies: number;
  /** Agents of the whole team. */
  readonly team: number;
  /** The agents whose sequences these are. */
  readonly agents: readonly number[];
  readonly count: number;
}

export interface Cut {
  /** Steps of the rollout. */
  readonly steps: number;
  readonly length: number;
  readonly copies: number;
  readonly team: number;
  readonly agents: readonly number[];
}

/** @throws ConfigurationError where sequences of this length do not fill the rollout. */
export const cutInto = ({ steps, length, copies, team, agents }: Cut): Sequences => {
  if (steps % length !== 0) {
    throw new ConfigurationError(
      packageName,
      `chunk is ${length}, which does not divide rollout = ${steps}; take a divisor`,
    );
  }
  return { length, copies, team, agents, count: (steps / length) * copies * agents.length };
};

/** Every sequence, in order. */
export const allOf = ({ count }: Sequences): Int32Array =>
  Int32Array.from({ length: count }, (_, index) => index);

/**
 * The sequences of each of so many minibatches, in random order. All workers draw the same permutation of the sequences
 * of all of them, and each keeps its own: a minibatch is the same set however many workers there are, and a worker's part
 * of it may be empty.
 * @throws ConfigurationError where there are fewer sequences than minibatches.
 */
export const minibatchesOf = (
  random: Random,
  { length, copies, agents, count }: Sequences,
  minibatches: number,
  { rank, workers }: Shard,
): Int32Array[] => {
  if (minibatches > count * workers) {
    throw new ConfigurationError(
      packageName,
      `minibatches is ${minibatches}, but a rollout gives a network ${count * workers} sequences of ${length} steps; set fewer minibatches, more copies or a longer rollout`,
    );
  }
  const parts = partition(permutation(random, count * workers), minibatches);
  if (workers === 1) return parts;
  const stretch = copies * agents.length;
  const ownNumber = (sequence: number): number => {
    const place = (sequence % (stretch * workers)) - rank * stretch;
    return place >= 0 && place < stretch ? Math.floor(sequence / (stretch * workers)) * stretch + place : -1;
  };
  return parts.map((part) => part.map(ownNumber).filter((sequence) => sequence >= 0));
};

/** How often and in how many parts sequences are gone through. */
export interface Passes {
  readonly epochs: number;
  readonly minibatches: number;
}

/**
 * What is made of each minibatch of so many passes, one after the other. Where a pass is one minibatch, what was made of
 * it serves all passes.
 */
export async function* passesOver<Made>(
  random: Random,
  sequences: Sequences,
  { epochs, minibatches }: Passes,
  shard: Shard,
  make: (chosen: Int32Array) => Made | Promise<Made>,
): AsyncGenerator<Made> {
  const whole = minibatches === 1 ? [await make(allOf(sequences))] : undefined;
  for (let epoch = 0; epoch < epochs; epoch++) {
    if (whole) yield whole[0];
    else for (const part of minibatchesOf(random, sequences, minibatches, shard)) yield await make(part);
  }
}

/**
 * The rows of sequences, `(time * copies + copy) * team + agent` each, step after step.
 * @returns `[time, sequence]`
 */
export const rowsOf = (sequences: Sequences, chosen: Int32Array): Int32Array => {
  const { length, copies, team, agents } = sequences;
  const rows = new Int32Array(length * chosen.length);
  for (let index = 0; index < chosen.length; index++) {
    const place = chosen[index] % agents.length;
    const block = Math.floor(chosen[index] / agents.length);
    const copy = block % copies;
    const first = Math.floor(block / copies) * length;
    for (let step = 0; step < length; step++) {
      rows[step * chosen.length + index] = ((first + step) * copies + copy) * team + agents[place];
    }
  }
  return rows;
};

/** Rows that go through a network at once: they bound what a pass holds, however large a batch is. */
export const pieceRows = 8192;

/** Sequences in pieces that a network takes one after the other. */
export const piecesOf = ({ length }: Sequences, chosen: Int32Array): Int32Array[] => {
  const size = Math.max(1, Math.floor(pieceRows / length));
  const pieces: Int32Array[] = [];
  for (let from = 0; from < chosen.length; from += size) pieces.push(chosen.subarray(from, from + size));
  return pieces;
};

/** Σ of the weights of all pieces, over all workers. */
export const totalOf = async (
  pieces: readonly { readonly weights: Float32Array }[],
  reduce: Reduce,
): Promise<number> => {
  const weights = pieces.map((piece) => piece.weights.reduce((sum, weight) => sum + weight, 0));
  const total = Float32Array.of(weights.reduce((sum, weight) => sum + weight, 0));
  await reduce([total]);
  return total[0];
};

/** The rows of `[stretch, copy, agent]` in which the memory at the start of sequences is kept. */
export const startsOf = ({ team, agents }: Sequences, chosen: Int32Array): Int32Array =>
  chosen.map((sequence) => Math.floor(sequence / agents.length) * team + agents[sequence % agents.length]);
