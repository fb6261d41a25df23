import { type Algorithm, box, discrete, type EnvironmentSpec, resolveConfiguration } from '@murmuration/core';
import { expect, it } from 'vitest';
import * as algorithms from '../algorithms';
import { checks, lowVarianceExperiment } from './experiment';

const spec: EnvironmentSpec = {
  id: 'mpe/spread',
  agents: ['a', 'b'].map((id) => ({ id, species: 'agent', observation: box([2]), action: discrete(5) })),
  state: box([4]),
  sharedReward: false,
  episodeLimit: 25,
  agentsDie: false,
  metrics: [],
  nonStationary: false,
};

it('names algorithms that there are, with settings that they take', () => {
  const known = new Map((Object.values(algorithms) as unknown as Algorithm[]).map((each) => [each.id, each]));
  const { cells, quick } = lowVarianceExperiment;
  expect(cells).toHaveLength(12);
  expect(quick.cells).toHaveLength(4);
  for (const { algorithm, settings, steps, evaluateEvery } of cells) {
    const found = known.get(algorithm)!;
    expect(() => resolveConfiguration(found, spec, settings)).not.toThrow();
    expect(Number.isInteger(evaluateEvery)).toBe(true);
    expect(steps).toBe(160_000);
  }
});

it('asks for metrics that there are', () => {
  const { trend } = lowVarianceExperiment;
  expect(trend?.series.map(({ prefix }) => prefix)).toEqual(['variance.product.', 'variance.bounded.']);
});

it.each(checks)('finds that its claims hold: $claim', ({ run }) => {
  const { found, holds } = run();
  expect(holds).toBe(true);
  expect(found).not.toContain('NaN');
});
