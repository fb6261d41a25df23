import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import {
  createActions,
  createEnvironment,
  createFrame,
  ended,
  type Frame,
  layoutOf,
  randomFrom,
  type VectorEnvironment,
} from '@murmuration/core';
import { testEnvironment } from '@murmuration/core/testing';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { coordinationFamily, smaxFamily } from '../../src/index';
import { createSharedFrame, inThreads, type ThreadsInput } from '../../src/workers/index';

let directory: string;
let program: URL;

/** Workers run no TypeScript: their program is built first, as the package does it. */
const bundle = async (entry: string, to: string): Promise<URL> => {
  const outfile = join(directory, to);
  await build({
    entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
    ...{ bundle: true, format: 'esm', platform: 'node', target: 'es2022', outfile },
    ...{ conditions: ['@murmuration/source'], external: ['@mujoco/mujoco'], logLevel: 'error' },
  });
  return pathToFileURL(outfile);
};

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'murmuration-workers-'));
  program = await bundle('../../src/workers/worker.ts', 'worker.mjs');
});
afterAll(() => rm(directory, { recursive: true }));

const open: VectorEnvironment[] = [];
afterEach(() => {
  for (const world of open.splice(0)) world.dispose?.();
});

const threaded = (id: string, copies: number, input: ThreadsInput = {}): VectorEnvironment => {
  const world = createEnvironment(inThreads(id, { ...input, program }), copies);
  open.push(world);
  return world;
};

const alone = (id: string, copies: number, options?: object): VectorEnvironment => {
  const [family, variant] = id.split('/');
  const { create } = family === 'smax' ? smaxFamily : coordinationFamily;
  return createEnvironment(create(variant, options), copies);
};

type Fields = Record<string, number | number[]>;

/** What a frame holds now; `final…` and metrics only of copies that ended, for the rest is of no meaning. */
const plain = (frame: Frame): Fields =>
  Object.fromEntries(
    Object.entries(frame).map(([name, value]) => {
      if (typeof value === 'number') return [name, value];
      const width = value.length / frame.copies;
      const told = (index: number) =>
        !/^final|^metrics/.test(name) || ended(frame, Math.floor(index / width));
      return [name, Array.from(value as ArrayLike<number>, (entry, index) => (told(index) ? entry : 0))];
    }),
  );

/** Play random available actions; after every step, each frame is kept as it is. */
const play = (world: VectorEnvironment, frames: readonly Frame[], steps: number, seed?: number): Fields[] => {
  const { agents, actionCount } = layoutOf(world.spec);
  const actions = createActions(world.spec, world.copies);
  const random = randomFrom(seed ?? 5, 'actions');
  const kept: Fields[] = [];
  let [now, next] = frames;
  if (seed === undefined) world.reset(randomFrom(5), now);
  for (let step = 0; step < steps; step++) {
    for (let row = 0; row < world.copies * agents; row++) {
      const mask = now.availableActions.subarray(row * actionCount, (row + 1) * actionCount);
      // A world that goes on has shown nothing yet: nobody does anything at first.
      actions[row] = mask.includes(1) ? random.integer(actionCount) : 4;
      while (mask.includes(1) && mask[actions[row]] !== 1) actions[row] = random.integer(actionCount);
    }
    world.step(actions, next);
    [now, next] = [next, now];
    kept.push(plain(now));
  }
  return kept;
};

const ordinary = (world: VectorEnvironment): Frame[] =>
  [0, 1].map(() => createFrame(world.spec, world.copies));
const shared = (world: VectorEnvironment): Frame[] =>
  [0, 1].map(() => createSharedFrame(world.spec, world.copies));

describe('a world in threads', () => {
  test.each([
    ['smax/3m', 5, 2, ordinary, {}],
    ['smax/3m', 5, 2, shared, {}],
    ['smax/2s3z', 4, 3, ordinary, { selfPlay: true, episodeLimit: 30 }],
    ['coordination/3', 3, 8, shared, {}],
  ] as const)(
    'brings what one thread brings: %s, %i copies, %i threads',
    (id, copies, threads, frames, options) => {
      const one = alone(id, copies, options);
      const many = threaded(id, copies, { threads, options });
      expect(many.spec).toEqual(one.spec);
      const wanted = play(one, ordinary(one), 60);
      const found = play(many, frames(many), 60);
      expect(found.some(({ started }) => (started as number[]).includes(1))).toBe(true);
      for (const [step, frame] of found.entries()) expect(frame).toEqual(wanted[step]);
      expect(many.save()).toEqual(one.save());
    },
  );

  test('goes on from a state that one thread saved, and the other way round', () => {
    const one = alone('smax/3m', 5);
    const many = threaded('smax/3m', 5);
    play(one, ordinary(one), 20);
    many.restore(one.save());
    const wanted = play(one, ordinary(one), 30, 9);
    const other = alone('smax/3m', 5);
    other.restore(many.save());
    const found = play(many, ordinary(many), 30, 9);
    expect(found).toEqual(wanted);
    expect(play(other, ordinary(other), 30, 9)).toEqual(wanted);
  });

  test('tells of an error in a worker where it happens, and goes on', () => {
    const world = threaded('smax/3m', 4);
    const frame = createFrame(world.spec, 4);
    world.reset(randomFrom(1), frame);
    const actions = createActions(world.spec, 4).fill(4);
    actions[11] = 99;
    expect(() => world.step(actions, frame)).toThrow(
      /smax\/3m, in a worker: smax\/3m: the action of ally-2 is 99; give 0 to 7/,
    );
    actions[11] = 4;
    world.step(actions, frame);
    actions[0] = 99;
    expect(() => world.step(actions, frame)).toThrow(/^smax\/3m: the action of ally-0 is 99/);
    world.reset(randomFrom(1), frame);
    expect(frame.started).toEqual(new Uint8Array(4).fill(1));
  });

  test('refuses what is wrong before anything starts', () => {
    expect(() => inThreads('smax/3m', { threads: 0 })).toThrow(/smax\/3m: threads is 0; give a whole number/);
    expect(() => threaded('smaxx/3m', 2)).toThrow(/there is no family "smaxx"; did you mean smax\?/);
    expect(() => threaded('smax/3m', 2, { options: { walls: true } })).toThrow(/walls/);
    const lost = new URL('./nowhere.mjs', program);
    expect(() => inThreads('smax/3m', { program: lost })({ copies: 2 })).toThrow(/nowhere\.mjs/);
  });

  test('is of no more use when disposed of', () => {
    const world = threaded('smax/3m', 2);
    world.dispose?.();
    world.dispose?.();
    expect(() => world.save()).toThrow(/smax\/3m in threads is disposed of; make another/);
  });

  test('lets a program end, disposed of or not', async () => {
    await bundle('../../src/workers/index.ts', 'threads.mjs');
    const script = join(directory, 'script.mjs');
    await writeFile(
      script,
      `import { inThreads } from './threads.mjs';
       const program = new URL('./worker.mjs', import.meta.url);
       const make = () => inThreads('smax/3m', { program })({ copies: 2 });
       make().dispose();
       make();
       process.stdout.write('made');`,
    );
    const { stdout } = await promisify(execFile)(process.execPath, [script], { timeout: 30_000 });
    expect(stdout).toBe('made');
  });
});

testEnvironment('smax/3m in threads', ({ copies }) => threaded('smax/3m', copies), { steps: 100 });
