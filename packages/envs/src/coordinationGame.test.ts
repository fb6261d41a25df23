import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawGame, type GameSize, outcomeOf } from './coordinationGame';

const three: GameSize = { agents: 3, actions: 3, stages: 3, outcomes: 21, partialCredit: false };

const jointActions = (agents: number): number[][] =>
  Array.from({ length: 3 ** agents }, (_, joint) =>
    Array.from({ length: agents }, (_, agent) => Math.floor(joint / 3 ** agent) % 3),
  );

describe('drawGame', () => {
  test('is the same game for the same seed, to the number', () => {
    const game = drawGame(three, 0);
    expect([...game.first]).toEqual([1, 1, 1, 0, 1, 1, 2, 2, 2]);
    expect([...game.second]).toEqual([2, 2, 2, 1, 0, 2, 1, 0, 1]);
    expect([...game.rewards.slice(0, 4)]).toEqual([100, 100, -200, 3.178676636196238]);
    expect(drawGame(three, 0)).toEqual(game);
    expect(drawGame(three, 1)).not.toEqual(game);
  });

  test('makes the two strategies differ in every agent, and ordinary rewards lie in [0, 10)', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 2, max: 9 }), (seed, agents) => {
        const game = drawGame({ ...three, agents, outcomes: 33 }, seed);
        game.first.forEach((action, entry) => {
          expect(action).not.toBe(game.second[entry]);
          expect(game.second[entry]).toBeLessThan(3);
        });
        const ordinary = game.rewards.filter((_, entry) => entry % 33 > 2);
        expect(ordinary).toHaveLength(90);
        expect(Math.min(...ordinary)).toBeGreaterThanOrEqual(0);
        expect(Math.max(...ordinary)).toBeLessThan(10);
      }),
      { numRuns: 30, seed: 1 },
    );
  });

  test('draws other strategies in another phase, and leaves ordinary outcomes alone', () => {
    const [before, after] = [drawGame(three, 4), drawGame(three, 4, 1)];
    expect(after.first).not.toEqual(before.first);
    expect(after.rewards).toEqual(before.rewards);
    expect(after.salts).toEqual(before.salts);
  });
});

describe('outcomeOf', () => {
  test('gives every joint action of the first stage its outcome', () => {
    const outcomes = jointActions(3).map((actions) => outcomeOf(drawGame(three, 0), 0, actions));
    expect(outcomes.filter((outcome) => outcome === 0)).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 1)).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 2)).toHaveLength(2 ** 3 - 2);
    expect(outcomeOf(drawGame(three, 0), 0, [1, 1, 1])).toBe(0);
    expect(outcomeOf(drawGame(three, 0), 0, [2, 2, 2])).toBe(1);
    expect(outcomeOf(drawGame(three, 0), 0, [1, 2, 1])).toBe(2);
    expect(outcomeOf(drawGame(three, 0), 0, [0, 0, 0])).toBe(4);
  });

  test('spreads the ordinary joint actions of seven agents over all 30 ordinary outcomes', () => {
    const game = drawGame({ ...three, agents: 7, outcomes: 33 }, 3);
    const counts = new Map<number, number>();
    for (const actions of jointActions(7)) {
      const outcome = outcomeOf(game, 1, actions);
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    }
    expect(counts.size).toBe(33);
    const ordinary = [...counts].filter(([outcome]) => outcome > 2).map(([, count]) => count);
    // 2187 - 128 joint actions over 30 outcomes: 68.6 each.
    expect(Math.min(...ordinary)).toBeGreaterThan(40);
    expect(Math.max(...ordinary)).toBeLessThan(100);
  });

  test('under partial credit pays for the agents that agree with one strategy', () => {
    const game = drawGame({ ...three, partialCredit: true }, 0);
    // u = 111, v = 222 in stage 0.
    const credit = (actions: number[]) => game.rewards[outcomeOf(game, 0, actions)];
    expect(credit([0, 0, 0])).toBe(0);
    expect(credit([0, 0, 1])).toBe(10 / 3);
    expect(credit([0, 1, 2])).toBe(10 / 3);
    expect(credit([0, 1, 1])).toBe(20 / 3);
    expect(credit([2, 0, 2])).toBe(20 / 3);
    expect(credit([1, 1, 1])).toBe(100);
    expect(credit([1, 1, 2])).toBe(-200);
  });
});
