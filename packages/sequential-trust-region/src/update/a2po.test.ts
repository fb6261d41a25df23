import { estimateAdvantages, randomFrom } from '@murmuration/core';
import { describe, expect, it } from 'vitest';
import { growingClips, ratioClips } from './clips';
import { orderAgents, scoresOf } from './order';
import { clipOthers, othersOf } from './others';
import { tracesOf } from './traces';

const close = (found: ArrayLike<number>, expected: readonly number[], digits = 6) => {
  expect(found).toHaveLength(expected.length);
  expected.forEach((value, index) => {
    expect(found[index]).toBeCloseTo(value, digits);
  });
};

describe('traces', () => {
  const steps = {
    copies: 1,
    columns: 1,
    rewards: Float32Array.of(1, 0, 2, 1),
    values: Float32Array.of(0.5, 0.4, 0.3, 0.2),
    nextValues: Float32Array.of(0.4, 0, 0.2, 0.1),
    ends: Uint8Array.of(0, 1, 0, 0),
  };
  const ratios = Float32Array.of(1.2, 0.8, 1.5, 0.5);
  const advantages = (lambdaPower: 1 | 2) =>
    estimateAdvantages(
      steps,
      { discount: 0.99, lambda: 0.95, timeLimit: 'terminal' },
      tracesOf(ratios, { clip: 1, lambdaPower }, 0.95),
    );

  it('give the golden advantages, as in the paper and as in the released code', () => {
    close(advantages(1), [0.59504, -0.4, 2.32075475, 0.899]);
    close(advantages(2), [0.610088, -0.4, 2.29961701, 0.899]);
  });
});

describe('adaptive clips', () => {
  it('give the golden numbers', async () => {
    close(growingClips(0.2, 4), [0.125, 0.15, 0.175, 0.2]);
    const ratios = Float32Array.of(1.1, 0.9, 1.2, 1, 1.05, 0.8);
    close(await ratioClips(0.2, ratios, 3, async () => {}), [0.17788272, 0.18614719, 0.2]);
  });
});

describe('the others', () => {
  it('are everybody else', () => {
    close(othersOf(Float32Array.of(2, 3, 5, 1, 0, 4), 3), [15, 10, 6, 0, 4, 0]);
  });

  it('are kept near 1 as they are told', () => {
    const products = Float32Array.of(0.5, 0.95, 1.5);
    close(clipOthers(products, 0.1, 0.4), [0.9, 0.95, 1.1]);
    close(clipOthers(products, 'half', 0.4), [0.8, 0.95, 1.2]);
    close(clipOthers(products, 'bounded', 0.4), [0.5, 0.95, 1]);
    close(clipOthers(products, 'none', 0.4), [0.5, 0.95, 1.5]);
  });
});

describe('the order', () => {
  const scores = Float32Array.of(0.1, 0.4, 0.3, 0.2, 0.5);

  it('scores by advantages against predictions, of those who took part', async () => {
    const [advantages, predictions] = [Float32Array.of(1, -1, 3, 2), Float32Array.of(2, 1, -1, 4)];
    const alone = async () => {};
    close(await scoresOf(advantages, predictions, Uint8Array.of(1, 1, 1, 1), 2, alone), [1.75, 0.75]);
    // The second agent is dead in the second moment, where its critic says 0.
    const of = Float32Array.of(2, 1, -1, 0);
    close(await scoresOf(advantages, of, Uint8Array.of(1, 1, 1, 0), 2, alone), [1.75, 1]);
    const twice = async (arrays: readonly Float32Array[]) => {
      for (const array of arrays) for (let index = 0; index < array.length; index++) array[index] *= 2;
    };
    close(await scoresOf(advantages, predictions, Uint8Array.of(1, 1, 1, 1), 2, twice), [1.75, 0.75]);
  });

  it('is by score, by number, or a mixture', () => {
    expect([...orderAgents(scores, 'greedy', randomFrom(0))]).toEqual([4, 1, 2, 3, 0]);
    expect([...orderAgents(scores, 'fixed', randomFrom(0))]).toEqual([0, 1, 2, 3, 4]);
    const seen = new Set<number>();
    for (let seed = 0; seed < 40; seed++) {
      const order = orderAgents(scores, 'semi-greedy', randomFrom(seed));
      expect([...order].sort()).toEqual([0, 1, 2, 3, 4]);
      expect(order[0]).toBe(4);
      seen.add(order[1]);
      const left = [0, 1, 2, 3].filter((agent) => agent !== order[1]);
      expect(order[2]).toBe(left.reduce((best, agent) => (scores[agent] > scores[best] ? agent : best)));
    }
    expect(seen).toEqual(new Set([0, 1, 2, 3]));
  });
});
