import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openJournal } from './journal';
import type { Cell, Study } from './study';

const cell: Cell = {
  method: 'One',
  group: '3 agents',
  algorithm: 'roma-iqss',
  settings: { kappa: 5 },
  environment: 'coordination/3',
  environmentOptions: (seed) => ({ game: seed }),
  steps: 20,
};
const study: Study = {
  title: '',
  introduction: '',
  command: '',
  metric: 'return',
  metricMeaning: '',
  finalEvaluations: 1,
  cells: [cell],
  seeds: [0, 1],
};
const track = { steps: [10, 20], metrics: { return: [1, 2] } };

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'murmuration-journal-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

test('what was finished is found again', async () => {
  const journal = await openJournal(directory, study);
  expect(journal.finished).toEqual([]);
  await journal.append({ cell, seed: 1, track, seconds: 3 });
  expect((await openJournal(directory, study)).finished).toEqual([{ cell, seed: 1, track, seconds: 3 }]);
});

test('a line that was cut short is passed over, and what follows is whole', async () => {
  await (await openJournal(directory, study)).append({ cell, seed: 0, track, seconds: 1 });
  const path = join(directory, 'runs.jsonl');
  writeFileSync(path, `${readFileSync(path, 'utf8')}{"method":"One","gr`);
  const torn = await openJournal(directory, study);
  expect(torn.finished.map(({ seed }) => seed)).toEqual([0]);
  await torn.append({ cell, seed: 1, track, seconds: 1 });
  expect((await openJournal(directory, study)).finished.map(({ seed }) => seed)).toEqual([0, 1]);
});

test('runs of other options are refused, with the difference', async () => {
  await (await openJournal(directory, study)).append({ cell, seed: 0, track, seconds: 1 });
  const changed = { ...study, cells: [{ ...cell, settings: { kappa: 1 } }] };
  await expect(openJournal(directory, changed)).rejects.toThrow(
    `${directory} holds results of other options: One, 3 agents, seed 0: settings was {"kappa":5} and is now {"kappa":1}; choose another --output`,
  );
});

test('a directory that goes away is told in one line', async () => {
  const journal = await openJournal(directory, study);
  rmSync(directory, { recursive: true });
  await expect(journal.append({ cell, seed: 0, track, seconds: 1 })).rejects.toThrow(
    `cannot write ${join(directory, 'runs.jsonl')}: there is no such file or directory; check the path`,
  );
});
