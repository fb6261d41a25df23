import { describe, expect, it } from 'vitest';
import { createTabularI2q, type TabularI2qOptions } from './i2q';
import type { Transition } from './transition';

const defaults: TabularI2qOptions = {
  discount: 0.5,
  learningRate: 0.1,
  averaging: 'first-visit',
  kappa: 0,
  idealReward: false,
  window: 100,
  delta: 0,
  minimumVisits: 1,
  doubt: 0,
};

const create = (options: Partial<TabularI2qOptions> = {}) =>
  createTabularI2q({ states: 3, actions: 2 }, { ...defaults, ...options });

const step = (
  state: number,
  action: number,
  successor: number,
  reward: number,
  next?: number,
): Transition => ({
  state,
  action,
  successor,
  reward,
  next: next ?? 0,
  ended: next === undefined,
});

describe('tabular I2Q', () => {
  it('keeps the reward that was received, and goes on from the ideal successor', () => {
    const rule = create();
    rule.learn(step(1, 0, 8, 40));
    expect(rule.value(1, 0)).toBeCloseTo(4, 12);
    // After (0, 0): state 1, worth going on from, or state 2, of which nothing is known.
    rule.learn(step(0, 0, 1, 10, 1));
    expect(rule.value(0, 0)).toBeCloseTo(0.1 * (10 + 0.5 * 4), 12);
    rule.learn(step(0, 0, 2, -3, 2));
    const before = 0.1 * (10 + 0.5 * 4);
    expect(rule.value(0, 0)).toBeCloseTo(0.9 * before + 0.1 * (-3 + 0.5 * 4), 12);
  });

  it('takes the reward of the ideal successor where asked to', () => {
    const rule = create({ idealReward: true });
    rule.learn(step(0, 0, 1, 100));
    rule.learn(step(0, 0, 2, -200));
    expect(rule.value(0, 0)).toBeCloseTo(10 + 0.1 * (100 - 10), 12);
    const received = create();
    received.learn(step(0, 0, 1, 100));
    received.learn(step(0, 0, 2, -200));
    expect(received.value(0, 0)).toBeCloseTo(10 + 0.1 * (-200 - 10), 12);
  });

  it('forgets successors with the window', () => {
    const rule = create({ idealReward: true, window: 1 });
    rule.learn(step(0, 0, 1, 100));
    rule.learn(step(0, 0, 2, -200));
    expect(rule.value(0, 0)).toBeCloseTo(10 + 0.1 * (-200 - 10), 12);
  });

  it('goes on the same after saving and restoring, with more pairs than it began with', () => {
    const rule = create({ idealReward: true });
    for (let time = 0; time < 200; time++)
      rule.learn(step(time % 3, time % 2, time % 90, time % 7, time % 3));
    const restored = create({ idealReward: true });
    restored.restore(rule.save());
    expect(restored.learn(step(1, 1, 3, 3, 0))).toBe(rule.learn(step(1, 1, 3, 3, 0)));
    expect(restored.save()).toEqual(rule.save());
  });
});
