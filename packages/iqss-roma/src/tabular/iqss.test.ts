import { randomFrom } from '@murmuration/core';
import { describe, expect, it } from 'vitest';
import { createTabularIqss, type TabularIqssOptions } from './iqss';
import type { Transition } from './transition';

const defaults: TabularIqssOptions = {
  discount: 0.5,
  learningRate: 0.1,
  averaging: 'first-visit',
  kappa: 0,
  tieBreak: 'lowest-action',
  window: 100,
  delta: 0,
  minimumVisits: 1,
  doubt: 0,
};

const create = (options: Partial<TabularIqssOptions> = {}, seed = 0) =>
  createTabularIqss({ states: 3, actions: 2 }, { ...defaults, ...options }, randomFrom(seed));

const step = (
  state: number,
  action: number,
  successor: number,
  reward: number,
  next?: number,
): Transition => ({ state, action, successor, reward, next: next ?? 0, ended: next === undefined });

describe('tabular iQSS', () => {
  it('sets a value on its first visit and then moves it by α, equation (3)', () => {
    const rule = create();
    expect(rule.learn(step(0, 0, 1, 10))).toBe(10);
    expect(rule.value(0, 0)).toBe(10);
    expect(rule.learn(step(0, 0, 1, 20))).toBe(10);
    expect(rule.value(0, 0)).toBeCloseTo(11, 12);
  });

  it('adds what the best successor of the next state is worth, discounted', () => {
    const rule = create();
    rule.learn(step(1, 0, 4, 6));
    rule.learn(step(1, 1, 5, 8));
    rule.learn(step(0, 0, 1, 10, 1));
    expect(rule.value(0, 0)).toBe(10 + 0.5 * 8);
  });

  it('decides at the hub that follows, where that is not the state that was reached', () => {
    const rule = create();
    rule.learn(step(2, 0, 7, 4));
    rule.learn(step(0, 1, 40, 1, 2));
    expect(rule.value(0, 1)).toBe(1 + 0.5 * 4);
  });

  it('takes 0 for a next state of which nothing is known', () => {
    const rule = create();
    rule.learn(step(0, 0, 1, 10, 1));
    expect(rule.value(0, 0)).toBe(10);
  });

  it('is optimistic: a bad result after the same action does not lower what a good one was worth', () => {
    const rule = create();
    rule.learn(step(0, 0, 1, 100));
    rule.learn(step(0, 0, 2, -200));
    rule.learn(step(0, 1, 3, 10));
    expect(rule.value(0, 0)).toBe(100);
    expect(rule.policy[0]).toBe(0);
  });

  it('keeps its choice up to date when it learns and when it forgets', () => {
    const rule = create({ window: 2 });
    rule.learn(step(0, 0, 1, 5));
    expect([...rule.policy]).toEqual([0, -1, -1]);
    rule.learn(step(0, 1, 2, 9));
    expect(rule.policy[0]).toBe(1);
    rule.learn(step(1, 0, 2, 1));
    rule.learn(step(0, 0, 1, 5));
    expect(rule.value(0, 1)).toBe(-Infinity);
    expect(rule.policy[0]).toBe(0);
  });

  it('sticks to its choice within κ', () => {
    const rule = create({ kappa: 5 });
    rule.learn(step(0, 1, 2, 6));
    rule.learn(step(0, 0, 1, 10));
    expect(rule.policy[0]).toBe(1);
    rule.learn(step(0, 0, 3, 12));
    expect(rule.policy[0]).toBe(0);
  });

  it('takes a running mean, or averages from 0, where asked to', () => {
    const mean = create({ averaging: 'running-mean' });
    for (const reward of [10, 20, 60]) mean.learn(step(0, 0, 1, reward));
    expect(mean.value(0, 0)).toBeCloseTo(30, 12);
    const constant = create({ averaging: 'constant' });
    constant.learn(step(0, 0, 1, 10));
    expect(constant.value(0, 0)).toBeCloseTo(1, 12);
  });

  it('aims at the lowest state among those within κ of the best', () => {
    const rule = create({ kappa: 5, tieBreak: 'lowest-successor' });
    rule.learn(step(0, 0, 9, 100));
    rule.learn(step(0, 1, 4, 98));
    expect(rule.policy[0]).toBe(1);
    rule.learn(step(0, 0, 2, 20));
    expect(rule.policy[0]).toBe(1);
  });

  it('breaks ties as it was drawn: about half of the agents either way', () => {
    const sides = Array.from({ length: 200 }, (_, seed) => {
      const rule = create({ tieBreak: 'random-action' }, seed);
      rule.learn(step(0, 0, 1, 100));
      rule.learn(step(0, 1, 2, 100));
      return rule.policy[0];
    });
    const second = sides.filter((action) => action === 1).length;
    expect(second).toBeGreaterThan(70);
    expect(second).toBeLessThan(130);
  });
});
