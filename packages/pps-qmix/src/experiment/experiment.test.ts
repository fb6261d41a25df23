import { expect, test } from 'vitest';
import * as algorithms from '../algorithms';
import { valueSchema } from '../config';
import { ppsQmixExperiment as experiment } from './experiment';

const all = [
  ...experiment.cells,
  ...experiment.quick.cells,
  ...Object.values(experiment.ablations).flatMap(({ cells }) => cells),
];

test('compares ten methods with three seeds of half a million steps', () => {
  expect(experiment.cells.map(({ label }) => label)).toHaveLength(10);
  expect(new Set(experiment.cells.map(({ label }) => label)).size).toBe(10);
  for (const { steps, environment } of experiment.cells)
    expect([steps, environment]).toEqual([500_000, 'smax/2s3z']);
  expect(experiment.seeds).toBe(3);
});

test('names algorithms that there are, with settings that they take', () => {
  const ids = Object.values(algorithms).map(({ id }) => id);
  for (const { algorithm, settings } of all) {
    expect(ids).toContain(algorithm);
    expect(() => valueSchema.parse(settings)).not.toThrow();
  }
});

test('shares every 300 episodes, and as often as the ablation of the period says', () => {
  const every = ({ settings }: (typeof all)[number]) =>
    (settings.aggregation as { every?: number } | undefined)?.every;
  expect(experiment.cells.map(every)).toEqual([75, 75, 75, ...new Array(6).fill(undefined), 75]);
  expect(experiment.ablations.period.cells.map(every)).toEqual([13, 25, 75, 250, undefined]);
  expect(every(experiment.ablations.coordination.cells[0])).toBe(38);
  expect(experiment.cells[9].settings.aggregation).toEqual({ every: 75, rule: 'PP-code' });
});
