import { randomFrom } from '@murmuration/core';
import { describe, expect, it } from 'vitest';
import { worstOf } from './games';
import { drawImprovement } from './processes';
import { foundAgain, simulateAll, simulated } from './simulation';

describe('the variance of weighted advantages', () => {
  it('gives the golden numbers', () => {
    expect(simulated.map(([position]) => position)).toEqual([1, 2, 4, 8, 16, 30]);
    for (const [index, [position, product]] of simulated.entries()) {
      expect(Math.abs(Math.exp(0.09 * (position - 1)) / product - 1)).toBeLessThan(0.06);
      expect(foundAgain({ product, bounded: simulated[index][2] }, index)).toBe(true);
    }
    expect(simulateAll(300_000).map(foundAgain)).toEqual([true, true, true, true, true, true]);
  });

  it('knows other numbers from them', () => {
    expect(foundAgain({ product: 1.31, bounded: 0.71 }, 2)).toBe(false);
    expect(foundAgain({ product: 1.5, bounded: 0.68 }, 2)).toBe(false);
  });
});

describe('the bounds of the bounded factor', () => {
  it('hold in random games, and nearly touch', () => {
    const worst = worstOf(2000, randomFrom(6));
    for (const share of Object.values(worst)) expect(share).toBeLessThanOrEqual(1);
    expect(worst.bias).toBeGreaterThan(0.5);
    expect(worst.centred).toBeGreaterThan(0.3);
    expect(worst.variance).toBeGreaterThan(0.3);
  });

  it('let no team fall further behind what its updates promise', () => {
    const random = randomFrom(6);
    const shares = Array.from({ length: 300 }, () => drawImprovement(random));
    expect(Math.max(...shares)).toBeLessThanOrEqual(1);
    // Some teams gain less than promised, and others more.
    expect(Math.max(...shares)).toBeGreaterThan(0);
    expect(Math.min(...shares)).toBeLessThan(0);
  });
});
