import { expect, it } from 'vitest';
import { corridor } from '../../test/fixtures/corridor';
import { deepQ } from '../../test/fixtures/deepQ';
import type { Algorithm } from '../algorithm';
import { createFrame } from '../frame';
import type { Policy } from '../policy';
import { randomFrom } from '../random';
import { vectorize } from '../vectorize';
import { evaluate } from './evaluate';
import type { TrainingEvent } from './events';
import type { TrainOptions } from './plan';
import { train } from './train';

const collect = async (options: TrainOptions, algorithm: Algorithm = deepQ): Promise<TrainingEvent[]> => {
  const events: TrainingEvent[] = [];
  for await (const event of train(algorithm, corridor, { settings: { learningRate: 0.01 }, ...options })) {
    if (event.event !== 'progress') events.push(event);
  }
  return events;
};

const stepsOf = (events: TrainingEvent[], kind: TrainingEvent['event']) =>
  events.filter(({ event }) => event === kind).map(({ step }) => step);

it('tells of evaluations, checkpoints and the end when they are due', async () => {
  const events = await collect({
    steps: 100,
    copies: 2,
    evaluateEvery: 30,
    checkpointEvery: 50,
    episodes: 3,
  });
  expect(stepsOf(events, 'evaluation')).toEqual([30, 60, 90, 100]);
  expect(stepsOf(events, 'checkpoint')).toEqual([50, 100]);
  expect(stepsOf(events, 'done')).toEqual([100]);
  expect(events.at(-1)).toMatchObject({ event: 'done', interrupted: false });
  const evaluation = events.find(({ event }) => event === 'evaluation');
  expect(evaluation).toMatchObject({ returns: [expect.any(Number), expect.any(Number), expect.any(Number)] });
});

it('takes the steps and copies that the algorithm recommends', async () => {
  const events = await collect({ episodes: 1 });
  expect(stepsOf(events, 'done')).toEqual([200]);
  expect(stepsOf(events, 'evaluation')).toHaveLength(20);
});

it('learns', async () => {
  const events = await collect({ steps: 4000, copies: 4, seed: 1, episodes: 40, evaluateEvery: 2000 });
  const { metrics } = events.at(-1) as { metrics: Record<string, number> };
  expect(metrics.arrived).toBeGreaterThan(0.6);
});

it('stops after the current step when asked, with a last checkpoint', async () => {
  const stop = new AbortController();
  const events: TrainingEvent[] = [];
  for await (const event of train(deepQ, corridor, {
    steps: 1000,
    copies: 1,
    evaluateEvery: 10,
    signal: stop.signal,
  })) {
    events.push(event);
    if (event.event === 'evaluation') stop.abort();
  }
  expect(stepsOf(events, 'checkpoint')).toEqual([11]);
  expect(events.at(-1)).toMatchObject({ event: 'done', step: 11, interrupted: true });
});

it('refuses to resume another run, naming the difference', async () => {
  const events = await collect({ steps: 40, seed: 1 });
  const resume = events.find((event) => event.event === 'checkpoint')?.checkpoint;
  await expect(collect({ steps: 80, seed: 2, resume })).rejects.toThrow(
    'the checkpoint is of another run: seed was 1 and is now 2',
  );
  await expect(collect({ steps: 80, seed: 1, resume, settings: { epsilon: 0.5 } })).rejects.toThrow(
    /configuration\.(epsilon|learningRate) was/,
  );
  expect(stepsOf(await collect({ steps: 80, seed: 1, resume }), 'done')).toEqual([80]);
});

it.each([
  [{ steps: 0 }, 'steps is 0; give a positive integer'],
  [{ steps: 10, copies: 1.5 }, 'copies is 1.5; give a positive integer'],
  [{ steps: 10, seed: 0.5 }, 'seed is 0.5; give an integer'],
  [{ steps: 10, settings: { epsilon: 7 } }, '@murmuration/core deep-q: epsilon is 7'],
])('refuses %o', async (options, message) => {
  await expect(collect(options)).rejects.toThrow(message);
});

it('stops at a loss that is not finite and keeps the batch', async () => {
  const diverging: Algorithm = {
    ...deepQ,
    async create(...parts: Parameters<typeof deepQ.create>) {
      const learner = await deepQ.create(...parts);
      return { ...learner, update: () => ({ loss: Number.NaN }) };
    },
  } as Algorithm;
  await expect(collect({ steps: 100, copies: 1 }, diverging)).rejects.toMatchObject({
    name: 'DivergenceError',
    message: expect.stringContaining('loss became NaN at step 8'),
    step: 8,
    batch: { reward: expect.any(Float32Array) },
  });
});

it('gives every copy its share of evaluation episodes', async () => {
  const world = vectorize(corridor, 3);
  let resets = 0;
  const right: Policy = {
    spec: world.spec,
    start: (copies) => ({
      act: (frame, actions) => {
        expect(frame.copies).toBe(copies);
        resets += frame.started.reduce((sum, value) => sum + value, 0);
        actions.fill(1);
      },
      dispose: () => {},
    }),
  };
  const { returns, metrics } = await evaluate(right, world, { episodes: 7, random: randomFrom(3) });
  expect(returns).toHaveLength(7);
  expect(resets).toBeGreaterThanOrEqual(7);
  expect(metrics.return).toBeCloseTo(returns.reduce((sum, value) => sum + value, 0) / 7, 10);
  expect(metrics.arrived).toBeGreaterThan(0.5);
  expect(createFrame(world.spec, 3).copies).toBe(3);
});
