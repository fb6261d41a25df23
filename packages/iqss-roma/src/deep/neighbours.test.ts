import { randomFrom } from '@murmuration/core';
import { describe, expect, it } from 'vitest';
import type { DeepBatch } from './experience';
import { createNeighbours, type Judgement } from './neighbours';

const actions = 2;
const successors = 5;

/** A batch of (s, a, s′). */
const batchOf = (...rows: [number, number, number][]): DeepBatch => ({
  rows: rows.length,
  observations: Float32Array.from(rows, ([state]) => state),
  actions: Int32Array.from(rows, ([, action]) => action),
  successors: Float32Array.from(rows, ([, , successor]) => successor),
  rewards: new Float32Array(rows.length),
  nexts: new Float32Array(rows.length),
  available: new Uint8Array(rows.length * actions),
  ended: new Uint8Array(rows.length),
});

/** The likelihood and the value of each successor, whatever the state and action. */
const judgement = (likelihoods: number[], values: number[]): Judgement => ({
  likelihood: (_state, _action, successor) => likelihoods[successor],
  value: (_state, successor) => values[successor],
});

const create = (held: number) => {
  const neighbours = createNeighbours({ states: 2, actions }, successors, 0.05, randomFrom(0));
  neighbours.best.fill(held);
  return neighbours;
};

describe('the best individual neighbours', () => {
  const even = [0.2, 0.2, 0.2, 0.2, 0.2];

  it('take a better successor that is likely enough', () => {
    const neighbours = create(0);
    neighbours.judge(batchOf([1, 0, 3]), judgement(even, [1, 1, 1, 2, 1]));
    expect([...neighbours.best]).toEqual([0, 0, 3, 0]);
    expect([...neighbours.certified]).toEqual([0, 0, 1, 0]);
  });

  it('keep a better one', () => {
    const neighbours = create(0);
    neighbours.judge(batchOf([1, 0, 3]), judgement(even, [3, 1, 1, 2, 1]));
    expect(neighbours.best[2]).toBe(0);
    expect(neighbours.certified[2]).toBe(1);
  });

  it('give up one that became unlikely, even for a worse one', () => {
    const neighbours = create(0);
    neighbours.judge(batchOf([1, 0, 3]), judgement([0.05, 0.3, 0.3, 0.3, 0.05], [9, 1, 1, 2, 1]));
    expect(neighbours.best[2]).toBe(3);
  });

  it('count for nothing while neither they nor what was reached are likely', () => {
    const neighbours = create(0);
    neighbours.judge(batchOf([1, 0, 3]), judgement([0, 0.5, 0.5, 0, 0], [9, 1, 1, 2, 1]));
    expect([neighbours.best[2], neighbours.certified[2]]).toEqual([0, 0]);
  });

  it('go through a batch in turn', () => {
    const neighbours = create(0);
    neighbours.judge(batchOf([0, 1, 3], [0, 1, 4], [0, 1, 2]), judgement(even, [1, 1, 4, 2, 5]));
    expect(neighbours.best[1]).toBe(4);
  });

  it('decide by the values of those that count, and stick within κ', () => {
    const neighbours = create(0);
    neighbours.decide(0, [7, 8], 0, 0);
    expect(neighbours.value(0, 1)).toBe(-Infinity);
    neighbours.judge(batchOf([0, 1, 3]), judgement(even, [1, 1, 1, 2, 1]));
    neighbours.decide(0, [7, 8], 0, 0);
    expect([neighbours.policy[0], neighbours.value(0, 1)]).toEqual([1, 8]);
    neighbours.judge(batchOf([0, 0, 3]), judgement(even, [1, 1, 1, 2, 1]));
    neighbours.decide(0, [9, 8], 0, 1);
    expect(neighbours.policy[0]).toBe(1);
    neighbours.decide(0, [99, 9.1, 8], 1, 1);
    expect(neighbours.policy[0]).toBe(0);
  });
});
