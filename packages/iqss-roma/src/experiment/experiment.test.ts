import {
  type Algorithm,
  createEnvironment,
  type ExperimentCell,
  resolveConfiguration,
} from '@murmuration/core';
import { coordinationFamily } from '@murmuration/envs';
import { describe, expect, it } from 'vitest';
import * as scheduled from '../algorithms';
import * as central from '../centralAlgorithms';
import { romaIqssExperiment } from './experiment';

const { cells, quick, ablations } = romaIqssExperiment;
const algorithms = [...Object.values(scheduled), ...Object.values(central)] as unknown as Algorithm[];

/** Make everything that a cell names, as `reproduce` does. */
const check = (cell: ExperimentCell): void => {
  const algorithm = algorithms.find(({ id }) => id === cell.algorithm);
  const [family, variant] = cell.environment.split('/');
  expect(family).toBe('coordination');
  const { spec } = createEnvironment(coordinationFamily.create(variant, cell.environmentOptions(3)), 1);
  expect(spec.agents).toHaveLength(cell.agents);
  expect(resolveConfiguration(algorithm!, spec, cell.settings)).toBeTypeOf('object');
  expect(cell.steps).toBeGreaterThanOrEqual(100_000);
  expect(cell.steps / cell.evaluateEvery).toBe(100);
};

const unique = (list: readonly ExperimentCell[]): void => {
  const names = list.map(({ group, label }) => `${group} ${label}`);
  expect(new Set(names).size).toBe(names.length);
};

describe('the experiment of the paper', () => {
  it('compares six methods on 3, 5 and 7 agents, with the paper’s budgets and figures', () => {
    const methods = cells.filter(({ reference }) => reference);
    expect(methods.map(({ agents, algorithm, steps }) => `${agents} ${algorithm} ${steps}`)).toEqual(
      [
        [3, 115_000],
        [5, 200_000],
        [7, 300_000],
      ].flatMap(([agents, steps]) =>
        ['roma-iqss', 'sma-iqss', 'roma-i2q', 'sma-i2q', 'roma-iql', 'sma-iql'].map(
          (algorithm) => `${agents} ${algorithm} ${steps}`,
        ),
      ),
    );
    unique(cells);
    for (const cell of cells) check(cell);
  });

  it('has a quick variant: the six on 3 agents', () => {
    expect(quick.seeds).toBe(5);
    expect(quick.cells.map(({ label }) => label)).toEqual([
      'ROMA-iQSS',
      'SMA-iQSS',
      'ROMA-I2Q',
      'SMA-I2Q',
      'ROMA-indQ',
      'SMA-indQ',
    ]);
    expect(new Set(quick.cells.map(({ agents }) => agents))).toEqual(new Set([3]));
  });

  it.each(Object.entries(ablations))('has cells for the ablation %s that can be run', (_, ablation) => {
    expect(ablation.cells.length).toBeGreaterThan(1);
    unique(ablation.cells);
    for (const cell of ablation.cells) check(cell);
  });

  it('draws another game for every seed', () => {
    expect([cells[0].environmentOptions(0), cells[0].environmentOptions(9)]).toEqual([
      { game: 0 },
      { game: 9 },
    ]);
  });
});
