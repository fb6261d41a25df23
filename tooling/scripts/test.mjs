// Every check of the repository, from a fresh clone to the line `N passed, N failed`.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from './chromium.mjs';
import { countsOf } from './counts.mjs';
import { build, install, pnpm, root } from './install.mjs';
import { run } from './process.mjs';
import { takeSteps } from './steps.mjs';

const reports = mkdtempSync(join(tmpdir(), 'murmuration-'));

/** A step that passes or fails as a whole. */
const whole = async (status) => ((await status) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });

const vitest = async (directory, ...parameters) => {
  const report = join(reports, `${directory.replaceAll('/', '-')}.json`);
  const status = await run(
    process.execPath,
    [
      join(root, 'tooling/scripts/node_modules/vitest/vitest.mjs'),
      ...['run', '--root', join(root, directory), '--allowOnly=false'],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...parameters],
    ],
    { cwd: join(root, directory) },
  );
  return countsOf(existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined, status);
};

const browser = async () => {
  if (chromium()) return vitest('tooling/browser');
  return {
    passed: 0,
    failed: 0,
    note: 'left out: no chromium; set CHROMIUM to one, or let .ci/run install it',
  };
};

const installed = await install('everything');
if (installed !== 0) {
  console.log('murmuration: the install failed; see the lines above\n\n0 passed, 1 failed');
  process.exit(1);
}
const failed = await takeSteps([
  { name: 'Format and lint', take: () => whole(pnpm('exec', 'biome', 'ci', '.', '--error-on-warnings')) },
  { name: 'Types', take: () => whole(pnpm('exec', 'tsc', '-p', 'tooling/typescript/everything.json')) },
  { name: 'Build', take: () => whole(build()) },
  { name: 'Tests', take: () => vitest('.', '--config', join(root, 'tooling/scripts/everything.config.mjs')) },
  { name: 'House rules and packages', take: () => vitest('tooling/checks') },
  { name: 'Node, Deno and Bun', take: () => vitest('tooling/runtimes') },
  { name: 'Browser', take: browser },
]);
rmSync(reports, { recursive: true, force: true });
process.exitCode = failed === 0 ? 0 : 1;
