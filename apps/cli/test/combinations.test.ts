import { type Algorithm, encodeCheckpoint, type TrainingEvent, train } from '@murmuration/core';
import { coordination, flag } from '@murmuration/envs';
import { romaIql, romaIqss, smaI2q } from '@murmuration/iqss-roma';
import { qmix, vdn } from '@murmuration/pps-qmix';
import { type SharingOptions, sharePeriodically } from '@murmuration/pps-qmix/sharing';
import { describe, expect, test } from 'vitest';

/** Parameter sharing meets learners of another package here, where both may be imported. */
const deep = { learner: 'deep', deep: { hidden: [8], batchSize: 8, start: 8 } };
const small = { shareParameters: false, hiddenUnits: 8, batchEpisodes: 4, bufferEpisodes: 20 };

const subjects = {
  'roma-iql': { algorithm: romaIql, world: () => flag(), settings: deep },
  'roma-iqss': { algorithm: romaIqss, world: () => flag(), settings: deep },
  'sma-i2q': { algorithm: smaI2q, world: () => flag(), settings: deep },
  vdn: { algorithm: vdn, world: () => coordination({ agents: 2 }), settings: small },
} as const;

const run = async (
  { algorithm, world, settings }: (typeof subjects)[keyof typeof subjects],
  options: object,
  sharing: SharingOptions = { every: 5 },
): Promise<TrainingEvent[]> => {
  const shared = sharePeriodically(algorithm as unknown as Algorithm, `a-pps-${algorithm.id}`, sharing);
  const events: TrainingEvent[] = [];
  for await (const event of train(shared, world, { seed: 3, settings, ...options })) events.push(event);
  return events;
};

const checkpoints = (events: TrainingEvent[]) =>
  events.flatMap((event) => (event.event === 'checkpoint' ? [event.checkpoint] : []));

describe.each(Object.entries(subjects))('A-PPS on %s', (_, subject) => {
  test('brings the agents together, and resumes to the bit', async () => {
    const plan = { steps: 400, checkpointEvery: 200, evaluateEvery: 400, episodes: 1 };
    const events = await run(subject, plan);
    const logged = events.flatMap((event) => (event.event === 'metrics' ? [event.metrics] : []));
    const shared = logged.filter(({ distanceBefore }) => distanceBefore !== undefined);
    expect(shared.length).toBeGreaterThan(0);
    expect(Math.max(...shared.map(({ distanceBefore }) => distanceBefore))).toBeGreaterThan(0.1);
    for (const { distanceAfter } of shared) expect(distanceAfter).toBeLessThan(1e-5);
    const [half, whole] = checkpoints(events);
    const resumed = checkpoints(await run(subject, { ...plan, resume: half })).at(-1);
    expect(encodeCheckpoint(resumed ?? {}).tensors).toEqual(encodeCheckpoint(whole).tensors);
  });
});

describe.each(['roma-iql', 'vdn'] as const)('RS-PPS on %s', (id) => {
  const sharing = { every: 5, weigh: { temperature: 5, episodes: 2 } };
  const plan = { steps: 400, checkpointEvery: 200, evaluateEvery: 400, episodes: 1 };

  test('weighs the agents by what they earn, counts that apart, and resumes to the bit', async () => {
    const events = await run(subjects[id], plan, sharing);
    const logged = events.flatMap((event) => (event.event === 'metrics' ? [event.metrics] : []));
    const shared = logged.filter(({ aggregationSteps }) => aggregationSteps !== undefined);
    // Two agents with two episodes each, every time; an episode is one step on flag and three in coordination.
    const length = id === 'vdn' ? 3 : 1;
    expect(shared.length).toBeGreaterThan(0);
    for (const { aggregationEpisodes, aggregationSteps, distanceAfter } of shared) {
      expect(aggregationEpisodes % 4).toBe(0);
      expect(aggregationSteps).toBe(length * aggregationEpisodes);
      expect(distanceAfter).toBeLessThan(1e-5);
    }
    expect(events.at(-1)).toMatchObject({ event: 'done', step: 400 });
    const [half, whole] = checkpoints(events);
    const resumed = checkpoints(await run(subjects[id], { ...plan, resume: half }, sharing)).at(-1);
    expect(encodeCheckpoint(resumed ?? {}).tensors).toEqual(encodeCheckpoint(whole).tensors);
  });
});

test('what cannot be is refused at once', () => {
  const make = (sharing: SharingOptions) => () => sharePeriodically(vdn, 'a-pps-vdn', sharing);
  expect(make({ every: 0 })).toThrow('sharePeriodically: every is 0; give a positive integer');
  expect(make({ every: 1, weigh: { temperature: 0, episodes: 1 } })).toThrow('weigh.temperature is 0');
  expect(make({ every: 1, weigh: { temperature: 1, episodes: 1.5 } })).toThrow('weigh.episodes is 1.5');
});

test('a learner whose agents share one network is refused', async () => {
  const shared = sharePeriodically(qmix, 'a-pps-shared', { every: 5 });
  const events = train(shared, () => flag(), { steps: 10 });
  await expect(events.next()).rejects.toThrow('qmix has no weights of each agent to share');
});
