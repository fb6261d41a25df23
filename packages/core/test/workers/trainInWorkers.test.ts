import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Checkpoint,
  DivergenceError,
  decodeCheckpoint,
  encodeCheckpoint,
  loadPolicy,
  provenanceOf,
  stateArray,
  stateTree,
  type TrainingEvent,
} from '../../src/index';
import { trainInWorkers, type WorkersOptions } from '../../src/node/index';
import { averaging } from '../fixtures/averaging';
import type { Input } from '../fixtures/workerSubject';

let directory: string;
let program: URL;
let subject: URL;

/** Workers run no TypeScript: what they load is built first. */
const bundle = async (entry: string, to: string): Promise<URL> => {
  const outfile = join(directory, to);
  await build({
    entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
    ...{ bundle: true, format: 'esm', platform: 'node', target: 'es2022', outfile, logLevel: 'error' },
  });
  return pathToFileURL(outfile);
};

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'murmuration-workers-'));
  program = await bundle('../../src/node/workers/worker.ts', 'worker.mjs');
  subject = await bundle('../fixtures/workerSubject.ts', 'subject.mjs');
});
afterAll(() => rm(directory, { recursive: true }));

type Options = Partial<Omit<WorkersOptions, 'input'>> & { readonly input?: Input };

const plan = { steps: 400, copies: 4, seed: 2, evaluateEvery: 100, episodes: 5, checkpointEvery: 200 };

const start = (options: Options) => trainInWorkers(subject, { ...plan, workers: 2, program, ...options });

const collect = async (options: Options = {}): Promise<TrainingEvent[]> => {
  const events: TrainingEvent[] = [];
  for await (const event of start(options)) if (event.event !== 'progress') events.push(event);
  return events;
};

const checkpointsOf = (events: readonly TrainingEvent[]): Checkpoint[] =>
  events.flatMap((event) => (event.event === 'checkpoint' ? [event.checkpoint] : []));

/** Through a file, as people keep it. */
const stored = (checkpoint: Checkpoint): Checkpoint => decodeCheckpoint(encodeCheckpoint(checkpoint).tensors);

const valuesIn = (session: Checkpoint): Float32Array =>
  stateArray(stateTree(session, 'learner'), 'values', Float32Array);

describe('data-parallel workers', () => {
  it('tell what one worker tells, and learn the same', async () => {
    const one = await collect({ workers: 1 });
    const two = await collect();
    expect(two.map(({ event, step }) => [event, step])).toEqual(one.map(({ event, step }) => [event, step]));
    const evaluations = (events: TrainingEvent[]) => events.filter(({ event }) => event === 'evaluation');
    expect(evaluations(two)).toEqual(evaluations(one));
    const [alone] = checkpointsOf(one).slice(-1);
    const [together] = checkpointsOf(two).slice(-1);
    const first = stateTree(together, 'session');
    const second = stateTree(stateTree(together, 'others'), '1');
    expect(valuesIn(second)).toEqual(valuesIn(first));
    expect(valuesIn(first)).toEqual(valuesIn(stateTree(alone, 'session')));
  });

  it('report means over all workers', async () => {
    const metrics = (await collect()).findLast(({ event }) => event === 'metrics');
    expect(metrics).toMatchObject({ metrics: { rank: 0.5 } });
  });

  it('repeat themselves to the bit, and go on from a checkpoint as if they had not stopped', async () => {
    const whole = await collect();
    expect(await collect()).toEqual(whole);
    const [half] = checkpointsOf(whole);
    expect(provenanceOf(half)).toMatchObject({ workers: 2, copies: 4, step: 200 });
    const resumed = await collect({ resume: stored(half) });
    expect(checkpointsOf(resumed)).toEqual(checkpointsOf(whole).slice(1));
    const policy = await loadPolicy(averaging as Parameters<typeof loadPolicy>[0], stored(half));
    expect(policy.spec.id).toBe('corridor/2');
  });

  it('stop together when asked, with a checkpoint to go on from', async () => {
    const stop = new AbortController();
    const events: TrainingEvent[] = [];
    for await (const event of start({ steps: 400_000, checkpointEvery: 400_000, signal: stop.signal })) {
      if (event.event === 'evaluation') stop.abort();
      if (event.event !== 'progress') events.push(event);
    }
    const done = events.at(-1);
    if (done?.event !== 'done') throw new Error('the run has not come to its end');
    expect(done.interrupted).toBe(true);
    expect(done.step).toBeLessThan(400_000);
    const steps = done.step + 40;
    const through = await collect({ steps, checkpointEvery: steps });
    const resumed = await collect({ steps, checkpointEvery: steps, resume: stored(done.checkpoint) });
    expect(checkpointsOf(resumed).at(-1)).toMatchObject({ session: checkpointsOf(through).at(-1)?.session });
  });

  it('take one step where they are stopped before the first', async () => {
    const events = await collect({ signal: AbortSignal.abort() });
    expect(events.map(({ event, step }) => [event, step])).toEqual([
      ['metrics', 4],
      ['checkpoint', 4],
      ['done', 4],
    ]);
  });

  it.each([
    [
      { copies: 5 },
      'workers is 2, but copies is 5, which they cannot share equally; give copies that are a multiple of 2',
    ],
    [{ workers: 0 }, 'workers is 0; give a positive integer'],
    [{ input: { alone: true } }, 'workers is 2, but averaging learns in one worker only; leave it out'],
  ])('refuse %o', async (options: Options, message) => {
    await expect(collect(options)).rejects.toThrow(
      expect.objectContaining({ name: 'ConfigurationError', message }),
    );
  });

  it('refuse a checkpoint of another number of workers', async () => {
    const [half] = checkpointsOf(await collect({ steps: 200 }));
    const message = (was: number, now: number) =>
      `the checkpoint is of another run: workers was ${was} and is now ${now}; resume with the same options`;
    await expect(collect({ workers: 4, resume: half })).rejects.toThrow(message(2, 4));
    await expect(collect({ workers: 1, resume: half })).rejects.toThrow(message(2, 1));
    const [single] = checkpointsOf(await collect({ workers: 1, steps: 200 }));
    await expect(collect({ resume: single })).rejects.toThrow(message(1, 2));
  });

  it('fail with the error that one of them has', async () => {
    await expect(collect({ input: { fault: 'error' } })).rejects.toThrow(
      expect.objectContaining({ name: 'RangeError', message: 'the corridor fell in' }),
    );
    await expect(collect({ input: { fault: 'exit' } })).rejects.toThrow(
      /^worker [01] left with status 3; look for process.exit in the environment$/,
    );
  });

  it('fail as a divergence does, with its batch', async () => {
    const diverging = collect({ settings: { divergesAt: 3 } });
    const error = await diverging.catch((caught: unknown) => caught);
    if (!(error instanceof DivergenceError)) throw error;
    expect(error.message).toMatch(/^loss became NaN at step 60; lower the learning rate/);
    expect(error.step).toBe(60);
    expect(error.batch).toMatchObject({ sums: expect.any(Float32Array) });
  });

  it('fail where they do not sum the same', async () => {
    await expect(collect({ settings: { disagreesAt: 2 } })).rejects.toThrow(
      /^worker [01] sums [12] arrays of (3|40) numbers in all, worker [01] [12] of (3|40); let every worker/,
    );
  });
});
