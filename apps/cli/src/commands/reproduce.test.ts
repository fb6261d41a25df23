import type { Experiment, ExperimentCell } from '@murmuration/core';
import { expect, test } from 'vitest';
import { studyOf } from './reproduce';

const cell = (agents: number, label: string): ExperimentCell => ({
  group: `${agents} agents`,
  agents,
  label,
  algorithm: 'roma-iqss',
  settings: {},
  environment: `coordination/${agents}`,
  environmentOptions: (seed) => ({ game: seed }),
  steps: 100,
  episodes: 1,
  evaluateEvery: 10,
});

const experiment: Experiment = {
  id: 'toy',
  name: 'Toy',
  paper: { title: 'A paper', authors: 'A. Uthor', year: 2024, url: 'https://example.org' },
  metric: 'return',
  metricMeaning: 'group reward',
  finalEvaluations: 3,
  seeds: 15,
  cells: [cell(3, 'One'), cell(3, 'Two'), cell(5, 'One')],
  quick: { seeds: 5, cells: [cell(3, 'One')] },
  ablations: { lag: { meaning: 'What if messages are late?', seeds: 4, cells: [cell(3, 'late')] } },
};

const request = { experiment: 'toy' };

test('the whole experiment', () => {
  const study = studyOf(experiment, request);
  expect(study).toMatchObject({
    title: 'Toy',
    introduction: 'A paper (A. Uthor, 2024; https://example.org).',
    command: 'murmuration reproduce toy',
    finalEvaluations: 3,
  });
  expect(study.cells.map(({ method, group }) => `${method}, ${group}`)).toEqual([
    'One, 3 agents',
    'Two, 3 agents',
    'One, 5 agents',
  ]);
  expect(study.seeds).toEqual(Array.from({ length: 15 }, (_, seed) => seed));
});

test('a part of it, and the command that makes it again', () => {
  const study = studyOf(experiment, { ...request, agents: [5], seeds: 2, seed: 10 });
  expect(study.cells.map(({ group }) => group)).toEqual(['5 agents']);
  expect(study.seeds).toEqual([10, 11]);
  expect(study.command).toBe('murmuration reproduce toy --agents 5 --seeds 2 --seed 10');
});

test('--quick and ablations', () => {
  expect(studyOf(experiment, { ...request, quick: true })).toMatchObject({
    command: 'murmuration reproduce toy --quick',
    seeds: [0, 1, 2, 3, 4],
  });
  const ablation = studyOf(experiment, { ...request, ablation: 'lag' });
  expect(ablation).toMatchObject({ title: 'Toy: lag', command: 'murmuration reproduce toy --ablation lag' });
  expect(ablation.introduction).toMatch(/^What if messages are late\?/);
  expect(ablation.seeds).toHaveLength(4);
});

test.each([
  [{ agents: [3, 4] }, '--agents is 4, but this experiment has 3, 5; choose of these'],
  [{ ablation: 'lagg' }, 'toy has no ablation "lagg"; did you mean lag?'],
  [{ ablation: 'nothing' }, 'toy has no ablation "nothing"; known are lag'],
  [{ quick: true, ablation: 'lag' }, '--quick and --ablation exclude each other; leave one out'],
])('%j: %s', (change, message) => {
  expect(() => studyOf(experiment, { ...request, ...change })).toThrow(message);
});
