import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endings, estimateAdvantages, type TimeLimit, type ValuedSteps } from './advantages';

const options = { discount: 0.99, lambda: 0.95, timeLimit: 'bootstrap' } as const;

/** One copy, one column; the specification's golden data. */
const golden = (end: number, finalValue = 0): ValuedSteps => ({
  copies: 1,
  columns: 1,
  rewards: Float32Array.of(1, 0, 2, 1),
  values: Float32Array.of(0.5, 0.4, 0.3, 0.2),
  nextValues: Float32Array.of(0.4, finalValue, 0.2, 0.1),
  ends: Uint8Array.of(0, end, 0, 0),
});

const close = (found: Float32Array, expected: readonly number[]) => {
  expect(found).toHaveLength(expected.length);
  expected.forEach((value, index) => {
    expect(found[index]).toBeCloseTo(value, 6);
  });
};

describe('generalised advantage estimation', () => {
  it('gives the golden advantages', () => {
    const steps = golden(endings.terminated);
    const advantages = estimateAdvantages(steps, options);
    close(advantages, [0.5198, -0.4, 2.7435095, 0.899]);
    const returns = advantages.map((advantage, row) => advantage + steps.values[row]);
    close(returns, [1.0198, 0, 3.0435095, 1.099]);
  });

  it('takes a time limit as it is told', () => {
    const cut = golden(endings.truncated, 0.7);
    const first = (second: number) => 1 + 0.99 * 0.4 - 0.5 + 0.99 * 0.95 * second;
    const second = 0.99 * 0.7 - 0.4;
    close(estimateAdvantages(cut, options), [first(second), second, 2.7435095, 0.899]);
    close(estimateAdvantages(cut, { ...options, timeLimit: 'terminal' }), [0.5198, -0.4, 2.7435095, 0.899]);
    close(estimateAdvantages(cut, { ...options, timeLimit: 'zero' }), [first(0), 0, 2.7435095, 0.899]);
  });

  it('looks no further than the traces let it', () => {
    const traces = Float32Array.of(1, 0.8, 1, 0.5);
    close(
      estimateAdvantages(golden(endings.terminated), options, traces),
      [0.59504, -0.4, 2.32075475, 0.899],
    );
  });

  it('is the sum of discounted errors, in every copy and column by itself', () => {
    const real = fc.float({ min: -3, max: 3, noNaN: true });
    const shape = fc.record({
      time: fc.nat(6),
      copies: fc.integer({ min: 1, max: 3 }),
      columns: fc.integer({ min: 1, max: 2 }),
    });
    const cases = shape.chain(({ time, copies, columns }) => {
      const count = time * copies * columns;
      const numbers = fc
        .array(real, { minLength: count, maxLength: count })
        .map((list) => Float32Array.from(list));
      return fc.record({
        copies: fc.constant(copies),
        columns: fc.constant(columns),
        rewards: numbers,
        values: numbers,
        nextValues: numbers,
        ends: fc
          .array(fc.nat(2), { minLength: time * copies, maxLength: time * copies })
          .map((list) => Uint8Array.from(list)),
      });
    });
    const limits = fc.constantFrom<TimeLimit>('bootstrap', 'zero', 'terminal');
    fc.assert(
      fc.property(cases, limits, (steps, timeLimit) => {
        const { copies, columns, rewards, values, nextValues, ends } = steps;
        const found = estimateAdvantages(steps, { discount: 0.9, lambda: 0.8, timeLimit });
        for (let entry = 0; entry < rewards.length; entry++) {
          let sum = 0;
          for (
            let later = entry, weight = 1;
            later < rewards.length;
            later += copies * columns, weight *= 0.72
          ) {
            const end = ends[Math.floor(later / columns)];
            const follows = end === endings.none || (end === endings.truncated && timeLimit === 'bootstrap');
            if (end === endings.truncated && timeLimit === 'zero') break;
            sum += weight * (rewards[later] + (follows ? 0.9 * nextValues[later] : 0) - values[later]);
            if (end !== endings.none) break;
          }
          expect(found[entry]).toBeCloseTo(sum, 4);
        }
      }),
    );
  });
});
