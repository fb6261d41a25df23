import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));

/** Where a world of these tests lies. */
export const worldPath = (name: string): string =>
  fileURLToPath(new URL(`./worlds/${name}.mjs`, import.meta.url));

/** An empty directory that goes when the file's tests are over. */
export const temporaryDirectory = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'murmuration-cli-'));
  afterAll(() => rmSync(path, { recursive: true, force: true }));
  return path;
};

export interface Ended {
  readonly status: number | null;
  readonly output: string;
  readonly error: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves once this has been written to standard output. */
  said(text: string): Promise<void>;
}

/** Start the built command line in a process of its own, in a directory. */
export const start = (parameters: readonly string[], directory: string): Running => {
  if (!existsSync(main)) throw new Error(`${main} is not there; build first: pnpm build`);
  const child = spawn(process.execPath, [main, ...parameters], {
    cwd: directory,
    env: { ...process.env, NO_COLOR: '1', MURMURATION_DEBUG: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { output: '', error: '' };
  child.stdout.on('data', (data) => {
    said.output += data;
  });
  child.stderr.on('data', (data) => {
    said.error += data;
  });
  return {
    child,
    ended: new Promise((resolve) => child.on('close', (status) => resolve({ status, ...said }))),
    said: (text) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (said.output.includes(text)) resolve();
        };
        child.stdout.on('data', look);
        child.on('close', () => resolve());
        look();
      }),
  };
};

/** Run the built command line to its end. */
export const murmuration = (parameters: readonly string[], directory: string): Promise<Ended> =>
  start(parameters, directory).ended;

/** The objects that `--json` prints; throws where a line is not JSON. */
export const eventsOf = ({ output }: Ended): Record<string, unknown>[] =>
  output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
