import { type Algorithm, train } from '@murmuration/core';
import { flag } from '@murmuration/envs';
import { expect, it } from 'vitest';
import { romaI2q, romaIql, romaIqss } from '../src';

const small = { hidden: [32], every: 2, batchSize: 32, start: 32, learningRate: 0.005, polyak: 0.05 };

const finalReturn = async (algorithm: unknown, seed: number, deep: object): Promise<number> => {
  const settings = { learner: 'deep', deep, schedule: { turn: 400 } };
  let last = Number.NaN;
  for await (const event of train(algorithm as Algorithm, flag, { steps: 800, seed, settings, episodes: 1 }))
    if (event.event === 'evaluation') last = event.metrics.return;
  return last;
};

it.each([0, 1, 2])('deep iQSS in turns agrees on a flag (seed %i)', async (seed) => {
  expect(await finalReturn(romaIqss, seed, { ...small, modelHidden: [32] })).toBe(100);
});

it('deep I2Q in turns agrees on a flag', async () => {
  expect(await finalReturn(romaI2q, 0, small)).toBe(100);
});

it('the second of two deep independent Q-learners answers the first, who is its senior', async () => {
  expect(await finalReturn(romaIql, 0, small)).toBe(100);
});
