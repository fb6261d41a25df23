import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readSettings } from './settings';

const directory = mkdtempSync(join(tmpdir(), 'murmuration-settings-'));
afterAll(() => rmSync(directory, { recursive: true }));

const config = (content: object): string => {
  const file = join(directory, 'config.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
};

test('values are JSON where they are JSON, and text elsewhere', async () => {
  const pairs = ['a=0.5', 'b=true', 'c=deep', 'd=[64,64]', 'e=null', 'f=1e3', 'g=', 'h=x=y'];
  const { algorithm } = await readSettings(pairs);
  expect(algorithm).toEqual({ a: 0.5, b: true, c: 'deep', d: [64, 64], e: null, f: 1000, g: '', h: 'x=y' });
});

test('dots nest, and environment is apart', async () => {
  const settings = await readSettings(['schedule.turn=5', 'schedule.clock.lag=2', 'environment.hub=false']);
  expect(settings).toEqual({
    algorithm: { schedule: { turn: 5, clock: { lag: 2 } } },
    environment: { hub: false },
  });
});

test('--set wins over --config, group by group', async () => {
  const file = config({
    kappa: 1,
    schedule: { turn: 5, epsilon: 0.1 },
    'environment.game': 3,
    preset: 'paper',
  });
  expect(await readSettings(['schedule.turn=7', 'kappa=2'], file)).toEqual({
    algorithm: { kappa: 2, schedule: { turn: 7, epsilon: 0.1 }, preset: 'paper' },
    environment: { game: 3 },
  });
});

test.each([
  [['=3'], '--set =3 has no value; write --set name=value'],
  [['a.constructor.b=3'], '--set: "a.constructor.b" is no option\'s name; give names like schedule.turn'],
  [['preset=3'], "preset is 3; give a preset's name"],
  [
    ['environment=flag/2'],
    'environment is "flag/2", but the environment is an argument; set its options with --set environment.name=value',
  ],
])('%j: %s', async (pairs, message) => {
  await expect(readSettings(pairs)).rejects.toThrow(message);
});

test('a config file cannot reach what belongs to the language', async () => {
  const file = join(directory, 'hostile.json');
  writeFileSync(file, '{"a": {"__proto__": {"polluted": 1}}}');
  await expect(readSettings([], file)).rejects.toThrow('"__proto__" is no option\'s name');
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});
