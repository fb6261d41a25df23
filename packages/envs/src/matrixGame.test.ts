import { randomFrom } from '@murmuration/core';
import { describe, expect, test } from 'vitest';
import { drawMatrixGame, matrixGame, matrixGameFamily } from './matrixGame';

describe('drawMatrixGame', () => {
  test('is the same game for the same seed, to the number', () => {
    const game = drawMatrixGame({ actions: 3, depth: 5, game: 0 });
    expect(game.states).toBe(66_430);
    expect(game.rewards).toHaveLength(7381);
    expect([...game.rewards.slice(0, 2), game.best]).toEqual([
      -0.8363759118344785, -0.2916164497527449, 2.8938933254573582,
    ]);
    expect(Math.min(...game.rewards)).toBeGreaterThanOrEqual(-1);
    expect(Math.max(...game.rewards)).toBeLessThan(1);
    expect(drawMatrixGame({ actions: 3, depth: 5, game: 1 }).best).not.toBe(game.best);
  });

  test('knows the best return: every path of a small tree', () => {
    const game = drawMatrixGame({ actions: 2, depth: 3, game: 7 });
    const from = (state: number, left: number): number =>
      left === 0
        ? 0
        : game.rewards[state] + Math.max(...[1, 2, 3, 4].map((child) => from(state * 4 + child, left - 1)));
    expect(game.best).toBe(from(0, 3));
  });
});

describe('matrixGame', () => {
  test('numbers states as a tree and pays for the state that is left', () => {
    const world = matrixGame({ game: 0 });
    const { rewards, best } = drawMatrixGame({ actions: 3, depth: 5, game: 0 });
    const random = randomFrom(0);
    const state = new Float32Array(1);
    world.reset(random);
    const visited = [0, 1 + 3 * 1 + 2, 9 * 6 + 1, 9 * 55 + 9, 9 * 504 + 5];
    const actions = [
      [1, 2],
      [0, 0],
      [2, 2],
      [1, 1],
      [0, 2],
    ];
    let paid = 0;
    actions.forEach((joint, step) => {
      world.state(state);
      expect(state[0]).toBe(visited[step]);
      const outcome = world.step(Float32Array.from(joint), random);
      expect(outcome).toEqual({ reward: rewards[visited[step]], terminated: step === 4, truncated: false });
      paid += outcome.reward as number;
    });
    const metrics = new Float32Array(1);
    world.metrics?.(metrics);
    expect(metrics[0]).toBe(Math.fround(paid / best));
    world.state(state);
    expect(state[0]).toBe(9 * 4541 + 3);
  });

  test('scores 1 for the best path', () => {
    const { rewards, branches } = drawMatrixGame({ actions: 3, depth: 5, game: 3 });
    const best = (state: number): number =>
      state >= rewards.length
        ? 0
        : rewards[state] +
          Math.max(...Array.from({ length: branches }, (_, joint) => best(state * branches + joint + 1)));
    const world = matrixGame({ game: 3 });
    world.reset(randomFrom(0));
    for (let state = 0; state < rewards.length; ) {
      const values = Array.from({ length: branches }, (_, joint) => best(state * branches + joint + 1));
      const joint = values.indexOf(Math.max(...values));
      world.step(Float32Array.of(Math.floor(joint / 3), joint % 3), randomFrom(0));
      state = state * branches + joint + 1;
    }
    const metrics = new Float32Array(1);
    world.metrics?.(metrics);
    expect(metrics[0]).toBeCloseTo(1, 6);
  });

  test('says how deep a tree may be', () => {
    expect(() => matrixGameFamily.create('7')).toThrow(
      '@murmuration/envs matrix-game/7: depth is 7; with 3 actions give a depth of 6 or less',
    );
    expect(() => matrixGameFamily.create('11')).toThrow('there is no environment matrix-game/11');
  });
});
