import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './process.mjs';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Run the pnpm that package.json pins; npx fetches it once, so that nothing but Node and npm need be there. */
export const pnpm = (...parameters) => {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const env = { TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' };
  return run('npx', ['--yes', packageManager, ...parameters], { cwd: root, env });
};

/** What people run needs the command line and what it depends on; tests need everything. */
const scopes = {
  start: ['--filter', 'murmuration', '--filter', '@murmuration/cli...'],
  everything: [],
};

const workspaces = () =>
  ['packages', 'apps', 'tooling'].flatMap((folder) =>
    readdirSync(join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(root, folder, entry.name)),
  );

/** Changes whenever an install could give something else. */
const fingerprint = () => {
  const manifests = workspaces().map((directory) => join(directory, 'package.json'));
  const own = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml'].map((name) => join(root, name));
  const hash = createHash('sha256').update(`${process.version} ${process.platform} ${process.arch}`);
  for (const file of [...own, ...manifests].filter((path) => existsSync(path)))
    hash.update(readFileSync(file));
  return hash.digest('hex');
};

const stamp = (scope) => join(root, 'node_modules/.murmuration', scope);
const stampedWith = (scope) => (existsSync(stamp(scope)) ? readFileSync(stamp(scope), 'utf8') : undefined);
/** A package's modules may have been removed by hand since the last install. */
const modulesRemain = () =>
  workspaces()
    .filter((directory) => /[\\/](packages|apps)[\\/][^\\/]+$/.test(directory))
    .every((directory) => existsSync(join(directory, 'node_modules')));

/**
 * Install what `scope` needs, unless the last good install still fits.
 * @param {'start' | 'everything'} scope
 * @returns {Promise<number>} exit status
 */
export const install = async (scope) => {
  const wanted = fingerprint();
  const fits = stampedWith(scope) === wanted || stampedWith('everything') === wanted;
  if (fits && modulesRemain()) return 0;
  rmSync(stamp(scope), { force: true });
  const status = await pnpm(
    'install',
    '--frozen-lockfile',
    // Whatever NODE_ENV and the user's own settings say; and nothing may ask, for want of a terminal.
    '--prod=false',
    '--config.node-linker=isolated',
    '--config.confirm-modules-purge=false',
    '--reporter=append-only',
    ...scopes[scope],
  );
  if (status === 0) {
    mkdirSync(join(root, 'node_modules/.murmuration'), { recursive: true });
    writeFileSync(stamp(scope), wanted);
  }
  return status;
};

/** Build what has changed since it was last built. */
export const build = (...filters) => {
  const quietly = ['--continue=dependencies-successful', '--output-logs=errors-only'];
  return pnpm('exec', 'turbo', 'run', 'build', ...quietly, ...filters);
};
