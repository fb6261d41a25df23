import { describe, expect, it } from 'vitest';
import { explorationFloor, hystereticRate, movedTowards, temporalDifferenceTarget } from './loss';

describe('the update rules', () => {
  it('takes the target of equation (1): r + γ V(next)', () => {
    expect(temporalDifferenceTarget(5, 0.9, false, 10)).toBeCloseTo(14, 12);
  });

  it('ends where the world ends', () => {
    expect(temporalDifferenceTarget(5, 0.9, true, 10)).toBe(5);
  });

  it('moves a value by α towards its target', () => {
    expect(movedTowards(10, 14, 0.25)).toBe(11);
  });

  it('learns from bad news with the smaller rate, and from none with the greater', () => {
    expect([
      hystereticRate(2, 0.1, 0.01),
      hystereticRate(-2, 0.1, 0.01),
      hystereticRate(0, 0.1, 0.01),
    ]).toEqual([0.1, 0.01, 0.1]);
  });

  it('puts δ at a tenth of the chance of one joint action, at least 10⁻⁶', () => {
    expect(explorationFloor(0.8, [])).toBeCloseTo(0.1, 12);
    expect(explorationFloor(0.8, [3, 3])).toBeCloseTo(0.1 * (0.8 / 3) ** 2, 12);
    expect(explorationFloor(0.8, [3, 4])).toBeCloseTo((0.1 * 0.64) / 12, 12);
    expect(explorationFloor(0.8, new Array(12).fill(3))).toBe(1e-6);
  });
});
