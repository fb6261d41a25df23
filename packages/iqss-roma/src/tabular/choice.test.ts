import { randomFrom } from '@murmuration/core';
import { describe, expect, it } from 'vitest';
import { choose, drawRanks } from './choice';

const values = (...numbers: number[]) => Float64Array.from(numbers);

describe('the sticky argmax', () => {
  it('keeps an action that is worth at most κ less than the best', () => {
    expect(choose(values(95, 100, 0), 0, 0, { kappa: 5 })).toBe(0);
    expect(choose(values(94.9, 100, 0), 0, 0, { kappa: 5 })).toBe(1);
  });

  it('takes the best where nothing was chosen before', () => {
    expect(choose(values(95, 100, 0), 0, -1, { kappa: 5 })).toBe(1);
  });

  it('never sticks with κ = 0, and takes the lowest action of those within 1e-9', () => {
    expect(choose(values(7, 7, 7), 0, 2, { kappa: 0 })).toBe(0);
    expect(choose(values(7 - 1e-10, 7, 7), 0, 2, { kappa: 0 })).toBe(0);
    expect(choose(values(7 - 1e-8, 7, 7), 0, 2, { kappa: 0 })).toBe(1);
  });

  it('takes some action where nothing is known', () => {
    expect(choose(values(-Infinity, -Infinity), 0, -1, { kappa: 5 })).toBe(0);
  });

  it('breaks ties by rank where ranks are given', () => {
    const ranks = Uint16Array.of(0, 1, 2, /* state 1 */ 2, 0, 1);
    expect(choose(values(7, 7, 7), 1, -1, { kappa: 0, ranks })).toBe(1);
    expect(choose(values(7, 3, 7), 1, -1, { kappa: 0, ranks })).toBe(2);
  });

  it('draws for each state an order of all actions', () => {
    const ranks = drawRanks(50, 3, randomFrom(1));
    const orders = Array.from({ length: 50 }, (_, state) => [...ranks.subarray(state * 3, state * 3 + 3)]);
    for (const order of orders) expect([...order].sort()).toEqual([0, 1, 2]);
    expect(new Set(orders.map(String)).size).toBe(6);
  });
});
