import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { eventsOf, murmuration, start, temporaryDirectory, worldPath } from './murmuration';

const directory = temporaryDirectory();
const read = (...path: string[]): string => readFileSync(join(directory, ...path), 'utf8');
const compare = ['compare', 'roma-iqss,sma-iql', `flag/2,${worldPath('lever')}`];

describe('compare', () => {
  const command = [...compare, '--steps', '600', '--seeds', '3', '--workers', '2', '--output', 'study'];

  test('runs every seed of every cell, and writes what there is to see', async () => {
    const ended = await murmuration([...command, '--json'], directory);
    expect(ended.status, ended.error).toBe(0);
    const events = eventsOf(ended);
    const results = events.filter(({ event, metric }) => event === 'result' && metric === 'return');
    expect(results.map(({ algorithm, environment, seeds }) => [algorithm, environment, seeds])).toEqual([
      ['roma-iqss', 'flag/2', 3],
      ['sma-iql', 'flag/2', 3],
      ['roma-iqss', worldPath('lever'), 3],
      ['sma-iql', worldPath('lever'), 3],
    ]);
    for (const { mean, iqm, low, high } of results) {
      expect(low).toBeLessThanOrEqual(mean as number);
      expect(high).toBeGreaterThanOrEqual(mean as number);
      expect(iqm).toEqual(expect.any(Number));
    }
    expect(events.at(-1)).toMatchObject({ event: 'done', step: 7200, output: 'study' });
    expect(read('study', 'runs.jsonl').trimEnd().split('\n')).toHaveLength(12);
    expect(read('study', 'curves.svg')).toContain('<svg');
    expect(read('study', 'index.html')).toContain('<!doctype html>');
    // A path with spaces comes quoted.
    expect(read('study', 'README.md')).toMatch(/murmuration compare roma-iqss,sma-iql '?flag\/2,/);
    expect(Object.keys(JSON.parse(read('study', 'marl-eval.json')))).toEqual(['flag', 'lever']);
    const { rows, seeds } = JSON.parse(read('study', 'results.json'));
    expect(seeds).toEqual([0, 1, 2]);
    expect(rows[0]).toMatchObject({ method: 'roma-iqss', group: 'flag/2', metric: 'return', seeds: 3 });
  });

  test('does again only what is missing, and ends the same', async () => {
    const [journal, results] = [read('study', 'runs.jsonl'), read('study', 'curves.json')];
    const lines = journal.split('\n');
    const torn = `${lines.slice(0, 7).join('\n')}\n${lines[7].slice(0, 50)}`;
    writeFileSync(join(directory, 'study', 'runs.jsonl'), torn);
    const ended = await murmuration(command, directory);
    expect(ended.status, ended.error).toBe(0);
    expect(ended.output).toContain('7 of 12 runs were done before; going on with 5\n');
    expect(read('study', 'curves.json')).toBe(results);
  });

  test('refuses a directory of other options', async () => {
    const ended = await murmuration([...command, '--steps', '700'], directory);
    expect(ended).toEqual({
      status: 2,
      output: '',
      error:
        'murmuration: study holds results of other options: roma-iqss, flag/2, seed 0: steps was 600 and is now 700; choose another --output\n',
    });
  });

  test('workers change nothing but the time', async () => {
    const alone = [...compare, '--steps', '600', '--seeds', '3', '--workers', '1', '--output', 'alone'];
    expect((await murmuration(alone, directory)).status).toBe(0);
    expect(read('alone', 'curves.json')).toBe(read('study', 'curves.json'));
  });

  test('compares what has run by another metric, and by several evaluations', async () => {
    const ended = await murmuration([...command, '--metric', 'episodeLength', '--average', '2'], directory);
    expect(ended.status, ended.error).toBe(0);
    expect(ended.output).toContain('12 of 12 runs were done before');
    const { metric, finalEvaluations, cells } = JSON.parse(read('study', 'curves.json'));
    expect([metric, finalEvaluations]).toEqual(['episodeLength', 2]);
    // One choice ends an episode of the flag task.
    expect(cells[0].values[0].slice(0, 3)).toEqual([1, 1, 1]);
    expect(read('study', 'README.md')).toContain('--metric episodeLength --average 2');
  });

  test('a world that takes its thread down fails its own runs, and the others go on', async () => {
    const ended = await murmuration(
      [
        'compare',
        'sma-iql',
        `flag/2,${worldPath('deadly')}`,
        '--steps',
        '300',
        '--seeds',
        '2',
        '--output',
        'deadly',
      ],
      directory,
    );
    expect(ended.status).toBe(1);
    expect(ended.error.split('\n').at(-2)).toBe(
      'murmuration: 2 of 4 runs failed: its thread left with status 7; look for process.exit in the environment; the others are in deadly',
    );
    expect(JSON.parse(read('deadly', 'results.json')).rows[0]).toMatchObject({ method: 'sma-iql', seeds: 2 });
  });

  test('Ctrl-C keeps the runs that are done', async () => {
    const command = ['compare', 'sma-iql', 'flag/2,coordination/3', '--steps', '100000', '--seeds', '2'];
    const { child, ended } = start(
      [...command, '--workers', '1', '--output', 'stopped', '--json'],
      directory,
    );
    const journal = join(directory, 'stopped', 'runs.jsonl');
    while (!existsSync(journal)) await new Promise((resolve) => setTimeout(resolve, 10));
    child.kill('SIGINT');
    const stopped = await ended;
    expect(stopped.status).toBe(130);
    expect(eventsOf(stopped).at(-1)).toMatchObject({ event: 'interrupted', output: 'stopped' });
    expect(existsSync(join(directory, 'stopped', 'run.lock'))).toBe(false);
  });
});

describe('report', () => {
  test('joins studies and training runs on one page', async () => {
    for (const seed of ['0', '1']) {
      const train = [
        'train',
        'sma-iql',
        'flag/2',
        '--steps',
        '400',
        '--seed',
        seed,
        '--output',
        `run-${seed}`,
      ];
      expect((await murmuration(train, directory)).status).toBe(0);
    }
    const ended = await murmuration(
      ['report', 'run-0', 'run-1', 'study', '--output', 'all.html', '--json'],
      directory,
    );
    expect(ended.status, ended.error).toBe(0);
    expect(eventsOf(ended)).toEqual([{ event: 'done', output: 'all.html' }]);
    expect(read('all.html')).toContain('Training runs');
    expect(read('all.html')).toContain('roma-iqss, sma-iql on flag/2');
  });
});

describe('--json', () => {
  test('prints JSON Lines and nothing else, whatever a world prints', async () => {
    const train = await murmuration(
      ['train', 'sma-iql', worldPath('talkative'), '--steps', '500', '--output', 'talk', '--json'],
      directory,
    );
    const events = eventsOf(train);
    expect(events.map(({ event }) => event).filter((event) => event === 'evaluation')).toHaveLength(20);
    expect(events.at(-1)).toMatchObject({ event: 'done', step: 500, output: 'talk' });
    expect(train.error).toContain('hello from the world');
    const study = ['compare', 'sma-iql', worldPath('talkative'), '--steps', '300', '--seeds', '2', '--json'];
    const compared = await murmuration([...study, '--output', 'talks'], directory);
    expect(eventsOf(compared).at(-1)).toMatchObject({ event: 'done' });
  });

  test('works with list, evaluate and doctor', async () => {
    const listed = eventsOf(await murmuration(['list', '--json'], directory));
    expect(listed).toContainEqual(expect.objectContaining({ kind: 'algorithm', id: 'roma-iqss' }));
    expect(listed).toContainEqual(expect.objectContaining({ kind: 'environment', id: 'coordination/3' }));
    expect(listed).toContainEqual(expect.objectContaining({ kind: 'experiment', id: 'roma-iqss' }));
    const options = eventsOf(await murmuration(['list', 'qmix', 'smax/3m', '--json'], directory));
    expect(options).toContainEqual(
      expect.objectContaining({ kind: 'option', name: 'targetEvery', value: 20 }),
    );
    expect(options).toContainEqual(expect.objectContaining({ kind: 'preset', id: 'pymarl', copies: 1 }));
    const evaluated = eventsOf(
      await murmuration(['evaluate', 'run-0', '--episodes', '7', '--json'], directory),
    );
    expect(evaluated.map(({ event }) => event)).toEqual(['evaluation', 'result', 'done']);
    expect(evaluated[1]).toMatchObject({ algorithm: 'sma-iql', environment: 'flag/2', episodes: 7 });
    const [found] = eventsOf(await murmuration(['doctor', '--json'], directory));
    expect(found).toMatchObject({
      event: 'doctor',
      simd: true,
      tensorBackend: 'wasm',
      tensorKernels: expect.stringMatching(/^the (simd|relaxed) build$/),
    });
  });
});

test('a run directory is named after what it holds, and never taken twice', async () => {
  const train = ['train', 'sma-iql', 'flag/2', '--steps', '200', '--seed', '5', '--json'];
  const outputs = [await murmuration(train, directory), await murmuration(train, directory)].map(
    (ended) => eventsOf(ended).at(-1)!.output,
  );
  expect(outputs).toEqual(['runs/sma-iql-flag-2-5', 'runs/sma-iql-flag-2-5-2']);
  const checkpoints = outputs.map((output) =>
    readFileSync(join(directory, String(output), 'checkpoints/step-200.safetensors')),
  );
  expect(checkpoints[0].equals(checkpoints[1])).toBe(true);
});
