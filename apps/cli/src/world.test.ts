import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { fileNameOf } from './training/newDirectory';
import { absoluteReference, checkWorld, isPath, openWorld } from './world';

const worlds = new URL('../test/worlds/', import.meta.url);
const path = (name: string): string => fileURLToPath(new URL(name, worlds));

test.each([
  ['coordination/3', false],
  ['smax/3s5z', false],
  ['./world.js', true],
  ['../world', true],
  ['/somewhere/world', true],
  ['world.mjs', true],
  ['worlds/mine.mjs#large', true],
  ['file:///somewhere/world.mjs', true],
])('%s is a path: %s', (reference, expected) => expect(isPath(reference)).toBe(expected));

test('an id stays as it is, a path becomes absolute', () => {
  expect(absoluteReference('flag/2')).toBe('flag/2');
  expect(absoluteReference(new URL('lever.mjs', worlds).href)).toBe(path('lever.mjs'));
  expect(absoluteReference(`${path('lever.mjs')}#large`)).toBe(`${path('lever.mjs')}#large`);
});

test('every option of a family is in force and told', async () => {
  const { options, spec } = await openWorld({ environment: 'coordination/3', options: { hub: false } });
  expect(options).toMatchObject({ hub: false, stages: 3, noise: { state: 0 } });
  expect(spec.agents).toHaveLength(3);
});

test('a module may export a function', async () => {
  const world = await openWorld({ environment: path('lever.mjs'), options: {} });
  expect(world.spec.id).toBe('lever/2');
  expect(() => checkWorld(world)).not.toThrow();
});

test('a module may export a family, whose variant stands after #', async () => {
  const made = async (reference: string, options = {}) =>
    (await openWorld({ environment: reference, options })).spec.episodeLimit;
  expect(await made(path('levers.mjs'))).toBe(10);
  expect(await made(`${path('levers.mjs')}#4`)).toBe(4);
  expect(await made(`${path('levers.mjs')}#4`, { rounds: 2 })).toBe(8);
  await expect(made(path('levers.mjs'), { round: 2 })).rejects.toThrow(
    'there is no option round; did you mean rounds?',
  );
});

test('a world that breaks its contract is refused', async () => {
  const world = await openWorld({ environment: path('broken.mjs'), options: {} });
  expect(() => checkWorld(world)).toThrow(/^lever\/2: .*NaN/);
});

test('names of files come from ids and paths', () => {
  expect(fileNameOf('coordination/3')).toBe('coordination-3');
  expect(fileNameOf('/home/me/my worlds/two levers.mjs')).toBe('two-levers');
  expect(fileNameOf('./levers.mjs#4')).toBe('levers-4');
});
