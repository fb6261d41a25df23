import { createEnvironment, resolveConfiguration } from '@murmuration/core';
import { smax } from '@murmuration/envs';
import { expect, test } from 'vitest';
import { qmix } from './algorithms';
import { episodesThatFit } from './memory';

const specOf = (scenario: string) => createEnvironment(({ copies }) => smax({ scenario, copies }), 1).spec;

test('large teams remember fewer episodes, so that they fit', () => {
  expect(['3m', '2s3z', '3s5z', '10m_vs_11m'].map((name) => episodesThatFit(specOf(name)))).toEqual(
    new Array(4).fill(2000),
  );
  // 102 moments of 27 observations of 738 numbers, a state of 684, 27 rewards; 27 · 35 masks and 27 actions in bytes.
  const bytes = 102 * (4 * (27 * 738 + 684 + 27) + 27 * 35 + 27);
  const large = specOf('27m_vs_30m');
  expect(episodesThatFit(large)).toBe(Math.floor(2 ** 32 / bytes));
  expect(resolveConfiguration(qmix, large).bufferEpisodes).toBe(504);
  expect(resolveConfiguration(qmix, large, { bufferEpisodes: 9000 }).bufferEpisodes).toBe(9000);
});

test('never fewer than an update takes, and as many as usual where an episode has no limit', () => {
  const spec = specOf('27m_vs_30m');
  expect(episodesThatFit({ ...spec, episodeLimit: 1e6 })).toBe(32);
  expect(episodesThatFit({ ...spec, episodeLimit: undefined })).toBe(2000);
});
