import { existsSync } from 'node:fs';
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CheckpointError, ConfigurationError, FileError } from '../errors';
import type { State } from '../state';
import { listCheckpoints, readCheckpoint, readLatestCheckpoint } from './checkpoints';
import { readRunConfig } from './runConfig';
import { createRunDirectory, openRunDirectory, readEvaluations, readMetrics } from './runDirectory';

let root: string;
let directory: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'murmuration-run-'));
  directory = join(root, 'runs', 'a');
});
afterEach(() => rm(root, { recursive: true }));

const state = (step: number): State => ({ step, weights: Float32Array.of(step, -0, Number.NaN) });
const config = { algorithm: 'iqss', seed: 1 };
const file = (...names: string[]) => join(directory, ...names);
const steps = async () => (await listCheckpoints(directory)).map(({ step }) => step);

/** What a run of 4 steps leaves. */
const train = async (run: Awaited<ReturnType<typeof createRunDirectory>>, from: number, to: number) => {
  for (let step = from; step <= to; step++) {
    await run.appendMetrics({ step, loss: 1 / step });
    await run.appendEvaluation({ step, metrics: { return: step } });
    await run.writeCheckpoint(step, state(step));
  }
};

describe('createRunDirectory', () => {
  it('begins a run that can be read while it goes on', async () => {
    const run = await createRunDirectory(directory, config);
    expect(await readRunConfig(directory)).toEqual(config);
    expect(await readMetrics(directory)).toEqual([]);
    expect(await readLatestCheckpoint(directory)).toBe(undefined);
    await train(run, 1, 1);
    expect(await readMetrics(directory)).toEqual([{ step: 1, loss: 1 }]);
    expect(await readEvaluations(directory)).toEqual([{ step: 1, metrics: { return: 1 } }]);
    expect((await readLatestCheckpoint(directory))?.state).toEqual(state(1));
    await run.close();
    expect((await readdir(directory)).sort()).toEqual([
      'checkpoints',
      'config.json',
      'evaluations.jsonl',
      'metrics.jsonl',
    ]);
  });

  it('refuses a directory that holds a run, with or without its configuration', async () => {
    const run = await createRunDirectory(directory, config);
    await expect(createRunDirectory(directory, config)).rejects.toThrow(/is in use by process/);
    await train(run, 1, 1);
    await run.close();
    await expect(createRunDirectory(directory, {})).rejects.toThrow(
      `${directory} already holds a run; choose another directory, or resume it`,
    );
    await rm(file('config.json'));
    await expect(createRunDirectory(directory, {})).rejects.toThrow(FileError);
    await rm(file('checkpoints'), { recursive: true });
    await expect(createRunDirectory(directory, {})).rejects.toThrow(/already holds a run/);
    expect(existsSync(file('run.lock'))).toBe(false);
  });

  it('refuses a file and what lies below one', async () => {
    await writeFile(join(root, 'file'), 'precious');
    await expect(createRunDirectory(join(root, 'file'), {})).rejects.toThrow(
      /a file is there already; choose/,
    );
    await expect(createRunDirectory(join(root, 'file', 'run'), {})).rejects.toThrow(
      /file is not a directory; choose/,
    );
    await mkdir(directory, { recursive: true });
    await writeFile(file('checkpoints'), '');
    await expect(createRunDirectory(directory, {})).rejects.toThrow(FileError);
    expect(await readFile(join(root, 'file'), 'utf8')).toBe('precious');
    expect(existsSync(file('run.lock'))).toBe(false);
  });

  it.each([0, 1.5, Number.NaN])('refuses to keep %d checkpoints', async (keep) => {
    await expect(createRunDirectory(directory, {}, { keep })).rejects.toThrow(ConfigurationError);
    expect(existsSync(file('config.json'))).toBe(false);
  });

  it.runIf(existsSync('/dev/full'))('says that the disk is full, and keeps what is there', async () => {
    const run = await createRunDirectory(directory, config, { csv: true });
    await train(run, 1, 1);
    await symlink('/dev/full', file('checkpoints', 'step-2.safetensors'));
    await expect(run.writeCheckpoint(2, state(2))).rejects.toThrow(
      `cannot write ${file('checkpoints', 'step-2.safetensors')}: the disk is full; free some space`,
    );
    await rm(file('checkpoints', 'step-2.safetensors'));
    await rm(file('metrics.jsonl'));
    await symlink('/dev/full', file('metrics.jsonl'));
    await expect(run.appendMetrics({ step: 2 })).rejects.toThrow(
      `cannot write ${file('metrics.jsonl')}: the disk is full`,
    );
    await run.close();
    expect((await readLatestCheckpoint(directory))?.step).toBe(1);
  });
});

describe('openRunDirectory', () => {
  it.each<[string, () => Promise<unknown>, RegExp]>([
    ['is missing', async () => undefined, /there is no run directory .*; check the path/],
    [
      'holds no run',
      () => mkdir(directory, { recursive: true }),
      /is not a run directory \(it has no config.json\)/,
    ],
    ['is damaged', () => writeConfig('{"runFormat":'), /config.json is not JSON; restore it/],
    ['holds a list', () => writeConfig('[]'), /config.json is not a JSON object/],
    [
      'is of another format',
      () => writeConfig('{"runFormat":2}'),
      /has runFormat 2, but this release reads 1/,
    ],
    ['has none', () => writeConfig('{}'), /has runFormat null/],
  ])('refuses a directory that %s', async (_, prepare, message) => {
    await prepare();
    await expect(openRunDirectory(directory)).rejects.toThrow(FileError);
    await expect(openRunDirectory(directory)).rejects.toThrow(message);
  });

  const writeConfig = async (text: string) => {
    await mkdir(directory, { recursive: true });
    await writeFile(file('config.json'), text);
  };

  it('refuses a file', async () => {
    await writeFile(join(root, 'file'), '');
    await expect(openRunDirectory(join(root, 'file'))).rejects.toThrow(/is a file, not a run directory/);
  });

  it('mends a torn line and removes what a killed writer left', async () => {
    await (await createRunDirectory(directory, config)).close();
    await appendFile(file('metrics.jsonl'), '{"step":1}\n{"step":2,"lo');
    const left = file('checkpoints', '.murmuration-0123456789abcdef.tmp');
    const unfinished = file('checkpoints', 'step-7.json');
    await writeFile(left, '');
    await writeFile(unfinished, '{}');
    const run = await openRunDirectory(directory);
    await run.appendMetrics({ step: 2 });
    await run.writeConfig({ ...config, steps: 9 });
    await run.close();
    expect(await readFile(file('metrics.jsonl'), 'utf8')).toBe('{"step":1}\n{"step":2}\n');
    expect(existsSync(left)).toBe(false);
    expect(existsSync(unfinished)).toBe(false);
    expect(await readRunConfig(directory)).toEqual({ ...config, steps: 9 });
  });

  it('goes on to the same files as a run that was never interrupted', async () => {
    const options = { csv: true };
    const whole = join(root, 'whole');
    const straight = await createRunDirectory(whole, config, options);
    await train(straight, 1, 6);
    await straight.close();

    const first = await createRunDirectory(directory, config, options);
    await train(first, 1, 4);
    await first.appendMetrics({ step: 5, loss: 0.2 });
    await first.close();
    await appendFile(file('evaluations.jsonl'), '{"step":5,"me');
    await appendFile(file('checkpoints', 'step-4.safetensors'), 'x');

    const latest = await readLatestCheckpoint(directory);
    expect(latest?.step).toBe(3);
    expect(latest?.warnings).toEqual([
      expect.stringContaining('step-4.safetensors: not a valid safetensors file'),
    ]);
    const second = await openRunDirectory(directory, options);
    await second.truncateAfter(3);
    expect(await steps()).toEqual([2, 3]);
    await train(second, 4, 6);
    await second.close();

    const files = ['metrics.jsonl', 'evaluations.jsonl', 'metrics.csv', 'config.json'];
    for (const name of [...files, ...[4, 5, 6].map((step) => `checkpoints/step-${step}.safetensors`)]) {
      expect(await readFile(file(name)), name).toEqual(await readFile(join(whole, name)));
    }
    expect((await readdir(file('checkpoints'))).sort()).toEqual(
      (await readdir(join(whole, 'checkpoints'))).sort(),
    );
  });
});

describe('checkpoints', () => {
  it('keeps the newest three, or as many as told', async () => {
    const run = await createRunDirectory(directory, config);
    for (const step of [9, 10, 100, 1000]) await run.writeCheckpoint(step, state(step));
    await run.close();
    expect(await steps()).toEqual([10, 100, 1000]);
    const all = await openRunDirectory(directory, { keep: 'all' });
    await all.writeCheckpoint(1001, state(1001));
    await all.close();
    expect(await steps()).toEqual([10, 100, 1000, 1001]);
    const one = await openRunDirectory(directory, { keep: 1 });
    await one.writeCheckpoint(2000, state(2000));
    await one.close();
    expect((await readdir(file('checkpoints'))).sort()).toEqual(['step-2000.json', 'step-2000.safetensors']);
  });

  it('has time, host and details in the JSON alone, and loads without it', async () => {
    const run = await createRunDirectory(directory, config);
    const path = await run.writeCheckpoint(5, state(5), { algorithm: 'iqss' });
    await run.close();
    const { details } = await readCheckpoint(path);
    expect(details).toMatchObject({ step: 5, algorithm: 'iqss', runtime: `node ${process.versions.node}` });
    expect(Date.parse(String(details?.time))).toBeGreaterThan(Date.now() - 60_000);
    await writeFile(file('checkpoints', 'step-5.json'), '{');
    expect((await readCheckpoint(path)).details).toBe(undefined);
    await rm(file('checkpoints', 'step-5.json'));
    expect(await readLatestCheckpoint(directory)).toEqual({
      step: 5,
      path,
      state: state(5),
      details: undefined,
      warnings: [],
    });
  });

  it('names a checkpoint that is cut short, and says when none is whole', async () => {
    const run = await createRunDirectory(directory, config);
    const path = await run.writeCheckpoint(5, state(5));
    await run.close();
    const bytes = await readFile(path);
    await writeFile(path, bytes.subarray(0, -1));
    await expect(readCheckpoint(path)).rejects.toThrow(CheckpointError);
    await expect(readCheckpoint(path)).rejects.toThrow(`${path}: not a valid safetensors file`);
    await expect(readLatestCheckpoint(directory)).rejects.toThrow(
      /no checkpoint of .* can be read \(1 are damaged\)/,
    );
  });

  it.each([-1, 0.5, Number.NaN])('refuses step %d', async (step) => {
    const run = await createRunDirectory(directory, config);
    await expect(run.writeCheckpoint(step, {})).rejects.toThrow(ConfigurationError);
    await expect(run.appendMetrics({ step })).rejects.toThrow(`step is ${step}; give a whole number`);
    await run.close();
  });
});

it('writes CSV and TensorBoard beside when asked', async () => {
  const options = { csv: true, tensorboard: true };
  const run = await createRunDirectory(directory, config, options);
  await train(run, 1, 2);
  await run.close();
  const resumed = await openRunDirectory(directory, options);
  await resumed.truncateAfter(1);
  await resumed.appendMetrics({ step: 2, other: 7 });
  await resumed.close();
  expect(await readFile(file('metrics.csv'), 'utf8')).toBe('step,loss,other\r\n1,1,\r\n2,,7\r\n');
  const events = (await readdir(file('tensorboard'))).sort();
  expect(events.map((name) => /^events\.out\.tfevents\.\d{10}\..+\.\d+\.([01])$/.exec(name)?.[1])).toEqual([
    '0',
    '1',
  ]);
  const [before, after] = await Promise.all(events.map((name) => readFile(file('tensorboard', name))));
  // Two metrics and two evaluations of one scalar each.
  expect(before.length).toBe(40 + 2 * (16 + 9 + 2 + 2 + 13) + 2 * (16 + 9 + 2 + 2 + 34));
  expect(before.includes('evaluation/metrics/return')).toBe(true);
  // The restart at step 2 is the first record after the version.
  expect(after.subarray(40 + 12 + 9, 40 + 12 + 9 + 6).toString('hex')).toBe('10023a020801');
});
