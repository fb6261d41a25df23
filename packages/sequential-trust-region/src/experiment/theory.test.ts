import { randomFrom } from '@murmuration/core';
import { describe, expect, it } from 'vitest';
import { simulateAll, simulated, worstOf } from './theory';

describe('the variance of weighted advantages', () => {
  it('gives the golden numbers', () => {
    for (const [index, found] of simulateAll(300_000).entries()) {
      const [position, product, bounded] = simulated[index];
      // exp(0.09 · preceding); the tail of the product is long, and so its estimate rough.
      const exact = Math.exp(0.09 * (position - 1));
      expect(Math.abs(exact / product - 1)).toBeLessThan(0.06);
      expect(Math.abs(found.product / exact - 1)).toBeLessThan(position > 20 ? 0.4 : 0.06);
      expect(Math.abs(found.bounded - bounded)).toBeLessThan(0.02);
    }
  });
});

describe('the bounds of the bounded factor', () => {
  it('hold in random games, and nearly touch', () => {
    const worst = worstOf(2000, randomFrom(6));
    expect(worst.bias).toBeLessThanOrEqual(1);
    expect(worst.bias).toBeGreaterThan(0.5);
    expect(worst.centred).toBeLessThanOrEqual(1);
    expect(worst.centred).toBeGreaterThan(0.3);
    expect(worst.secondMoment).toBeLessThanOrEqual(1);
  });
});
