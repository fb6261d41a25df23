import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FileError } from '../errors';
import { acquireLock } from './lock';

let directory: string;
let path: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'murmuration-lock-'));
  path = join(directory, 'run.lock');
});
afterEach(() => rm(directory, { recursive: true }));

const take = () => acquireLock(path, 'run directory x');

it('is held by one, and free again after its release', async () => {
  const release = await take();
  await expect(take()).rejects.toThrow(
    `run directory x is in use by process ${process.pid} on ${hostname()}; wait until it ends, or delete ${path} if it is gone`,
  );
  await expect(take()).rejects.toThrow(FileError);
  await release();
  await (await take())();
  expect(await readdir(directory)).toEqual([]);
});

const ended = (): number => spawnSync(process.execPath, ['--version']).pid;

it('is taken over from a process that is gone', async () => {
  await writeFile(path, JSON.stringify({ process: ended(), host: hostname() }));
  await (await take())();
  expect(await readdir(directory)).toEqual([]);
});

it.runIf(existsSync('/proc/self/stat'))(
  'is taken over from an earlier process of the same number',
  async () => {
    await writeFile(path, JSON.stringify({ process: process.pid, host: hostname(), began: '1' }));
    await (await take())();
  },
);

it('is left to a process on another host', async () => {
  await writeFile(path, JSON.stringify({ process: ended(), host: 'elsewhere' }));
  await expect(take()).rejects.toThrow(/on elsewhere; wait/);
});

it.each(['', '{"process":"1"}'])(
  'is taken over from a process that was killed while writing %o',
  async (content) => {
    await writeFile(path, content);
    const release = await take();
    expect(JSON.parse(await readFile(path, 'utf8')).process).toBe(process.pid);
    await release();
  },
);

it('goes to one of many that take over at once', async () => {
  const gone = ended();
  for (let time = 0; time < 20; time++) {
    await writeFile(path, JSON.stringify({ process: gone, host: hostname() }));
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, take));
    const taken = outcomes.filter((outcome) => outcome.status === 'fulfilled');
    expect(taken.length).toBe(1);
    await taken[0].value();
    expect(await readdir(directory)).toEqual([]);
  }
});

it('is taken over though a process was killed while it took it over', async () => {
  const content = JSON.stringify({ process: ended(), host: hostname() });
  await writeFile(path, content);
  await writeFile(`${path}.takeover`, content);
  await (await take())();
  expect(await readdir(directory)).toEqual([]);
});

it('does not release what another process took', async () => {
  const release = await take();
  await writeFile(path, 'theirs');
  await release();
  expect(await readFile(path, 'utf8')).toBe('theirs');
});
