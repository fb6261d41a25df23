import { comparePreset, createEnvironment, describeOptions, planOf } from '@murmuration/core';
import { coordination, smax } from '@murmuration/envs';
import { expect, test } from 'vitest';
import { ppPpsQmix, qmix, vdn } from './algorithms';

const { spec } = createEnvironment(({ copies }) => smax({ scenario: '3m', copies }), 1);

test('every option says what it means and where its default is from', () => {
  const options = describeOptions(qmix, spec);
  expect(options.find(({ name }) => name === 'aggregation.every')).toEqual({
    name: 'aggregation.every',
    value: 300,
    meaning: 'K, the period',
    unit: 'updates',
    source: 'PPS-QMIX (arXiv 2403.02635), released code',
  });
  for (const { name, meaning, source } of options) expect([name, meaning, source]).not.toContain(undefined);
});

test('the defaults on SMAX differ from pymarl’s in this, and in nothing else', () => {
  expect(comparePreset(qmix, 'pymarl', spec)).toEqual([
    { name: 'lambda', value: 0.6, preset: 0 },
    { name: 'optimiser', value: 'adam', preset: 'rmsprop' },
    { name: 'learningRate', value: 1e-3, preset: 5e-4 },
    { name: 'decay', value: 1_000_000, preset: 0 },
    { name: 'bufferEpisodes', value: 2000, preset: 5000 },
    { name: 'episodesPerUpdate', value: 4, preset: 1 },
    { name: 'targetEvery', value: 20, preset: 200 },
  ]);
});

test('without a mixer rewards on SMAX are as large as SMAC’s', () => {
  const differences = comparePreset(vdn, 'pymarl', spec);
  expect(differences).toContainEqual({ name: 'rewardScale', value: 10, preset: 1 });
  expect(differences).toHaveLength(8);
});

test('what holds without a world is what holds in most, and names the rule of sharing', () => {
  const stages = createEnvironment(() => coordination({ agents: 2 }), 1).spec;
  const values = (place?: typeof spec) =>
    Object.fromEntries(describeOptions(ppPpsQmix, place).map(({ name, value }) => [name, value]));
  expect(values()).toEqual(values(stages));
  expect(values()).toMatchObject({
    ...{ shareParameters: false, 'aggregation.rule': 'PP-paper', optimiser: 'adam', learningRate: 5e-4 },
    ...{ lambda: 0.6, bufferEpisodes: 2000, episodesPerUpdate: 8, targetEvery: 25 },
  });
  expect(values(spec)).toMatchObject({ 'aggregation.rule': 'PP-paper', targetEvery: 20 });
});

test('JaxMARL’s preset counts updates as ours are, and takes a time limit for an end', () => {
  const values = Object.fromEntries(
    comparePreset(qmix, 'jaxmarl', spec).map(({ name, preset }) => [name, preset]),
  );
  // Targets are copied every ten rollouts of 16 × 128 steps, with eight updates after each.
  expect(values).toMatchObject({ targetEvery: 80, timeLimit: 'terminal', rewardScale: 10 });
});

test('presets bring the number of copies that they are made for', () => {
  const copies = (preset?: string) => planOf(qmix, spec, { settings: preset ? { preset } : {} }).copies;
  expect([copies(), copies('pymarl'), copies('pymarl2'), copies('jaxmarl')]).toEqual([8, 1, 8, 16]);
  expect(planOf(qmix, spec, { copies: 3, settings: { preset: 'pymarl' } }).copies).toBe(3);
});
