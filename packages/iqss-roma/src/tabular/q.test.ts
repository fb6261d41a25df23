import { describe, expect, it } from 'vitest';
import { createTabularQ } from './q';

const step = (action: number, reward: number, next?: number) => ({
  state: 0,
  action,
  successor: 9,
  reward,
  next: next ?? 0,
  ended: next === undefined,
});

const create = (lossRate: number, kappa = 0) =>
  createTabularQ({ states: 2, actions: 2 }, { discount: 0.5, learningRate: 0.1, lossRate, kappa });

describe('tabular Q-learning', () => {
  it('moves Q(s, a) by α towards r + γ max Q(next), equation (2)', () => {
    const rule = create(0.1);
    expect(rule.learn({ ...step(1, 40), state: 1 })).toBe(40);
    expect(rule.value(1, 1)).toBeCloseTo(4, 12);
    rule.learn(step(0, 10, 1));
    expect(rule.value(0, 0)).toBeCloseTo(0.1 * (10 + 0.5 * 4), 12);
  });

  it('learns from bad news as fast as from good', () => {
    const rule = create(0.1);
    rule.learn(step(0, -10));
    expect(rule.value(0, 0)).toBeCloseTo(-1, 12);
    rule.learn(step(1, -5));
    expect(rule.policy[0]).toBe(1);
  });

  it('never counts on an action that was never taken', () => {
    const rule = create(0.1);
    rule.learn({ ...step(1, -40), state: 1 });
    expect([rule.value(1, 0), rule.policy[1]]).toEqual([-Infinity, 1]);
    rule.learn(step(0, 10, 1));
    expect(rule.value(0, 0)).toBeCloseTo(0.1 * (10 + 0.5 * -4), 12);
  });

  it('learns from bad news more slowly, with hysteresis', () => {
    const rule = create(0.01);
    rule.learn(step(0, -10));
    expect(rule.value(0, 0)).toBeCloseTo(-0.1, 12);
    rule.learn(step(0, 10));
    expect(rule.value(0, 0)).toBeCloseTo(-0.1 + 0.1 * 10.1, 12);
  });

  it('goes on the same after saving and restoring', () => {
    const rule = create(0.01, 1);
    for (let time = 0; time < 20; time++) rule.learn(step(time % 2, time, 0));
    const restored = create(0.01, 1);
    restored.restore(rule.save());
    expect(restored.learn(step(1, 3, 0))).toBe(rule.learn(step(1, 3, 0)));
    expect(restored.save()).toEqual(rule.save());
  });
});
