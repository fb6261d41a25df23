import { expect, test } from 'vitest';
import { algorithms, experiments, families, findAlgorithm, findExperiment, findFamily } from './registry';
import { openWorld } from './world';

test('ids are unique, lower case, and found', () => {
  for (const ids of [
    algorithms.map(({ id }) => id),
    families.map(({ family }) => family),
    experiments.map(({ id }) => id),
  ]) {
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[a-z0-9][a-z0-9-]*$/.test(id))).toEqual([]);
  }
  expect(algorithms.map(({ id }) => findAlgorithm(id))).toEqual(algorithms);
  expect(experiments.map(({ id }) => findExperiment(id))).toEqual(experiments);
});

test('every listed variant makes a world of that id', async () => {
  for (const { family, variants } of families) {
    for (const variant of variants) {
      const id = `${family}/${variant}`;
      expect((await openWorld({ environment: id, options: {} })).spec.id).toBe(id);
    }
  }
});

test('the algorithms that the command line promises so far are there', () => {
  const promised = ['roma-iqss', 'sma-iqss', 'roma-i2q', 'sma-i2q', 'roma-iql', 'sma-iql'];
  expect(algorithms.map(({ id }) => id)).toEqual(expect.arrayContaining(promised));
});

test.each([
  ['coordinatin/5', 'there is no environment "coordinatin/5"; did you mean coordination/5?'],
  ['flag', 'there is no environment "flag"; did you mean flag/2?'],
  ['flag/', 'there is no environment "flag/"; did you mean flag/2?'],
  ['nothing-like-it/3', 'there is no environment "nothing-like-it/3"; murmuration list shows what there is'],
])('%s: %s', (id, message) => {
  expect(() => findFamily(id)).toThrow(message);
});

test('all cells of an experiment name what there is, and their worlds tell what is compared', async () => {
  for (const { cells, quick, ablations, ...measure } of experiments) {
    for (const asked of [{ cells: [...cells, ...quick.cells] }, ...Object.values(ablations)]) {
      const { metric } = 'measure' in asked && asked.measure ? asked.measure : measure;
      for (const cell of asked.cells) {
        findAlgorithm(cell.algorithm);
        const world = await openWorld({
          environment: cell.environment,
          options: cell.environmentOptions(0),
        });
        expect(['return', ...world.spec.metrics], world.spec.id).toContain(metric);
      }
    }
  }
});
