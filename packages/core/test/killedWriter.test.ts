import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'tsup';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readLatestCheckpoint } from '../src/node/checkpoints';
import { openRunDirectory, readMetrics } from '../src/node/runDirectory';
import { randomFrom } from '../src/random';

let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'murmuration-killed-'));
  await build({
    entry: [fileURLToPath(new URL('killedWriter.fixture.ts', import.meta.url))],
    outDir: root,
    outExtension: () => ({ js: '.mjs' }),
    format: 'esm',
    target: 'es2022',
    config: false,
    silent: true,
  });
});
afterAll(() => rm(root, { recursive: true }));

it('always opens after its writer was killed', async () => {
  const directory = join(root, 'run');
  let reached = 0;
  const random = randomFrom(1, 'kills');
  for (let kill = 0; kill < 10; kill++) {
    const writer = spawn(process.execPath, [
      join(root, 'killedWriter.fixture.mjs'),
      directory,
      kill === 0 ? 'create' : 'resume',
    ]);
    let errors = '';
    writer.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    let said = '';
    writer.stdout.on('data', (chunk) => {
      said += chunk;
    });
    const ended = once(writer, 'exit');
    const enough = 1 + random.integer(3);
    while (said.length < enough && writer.exitCode === null) await wait(1);
    await wait(random.uniform() * 40);
    writer.kill('SIGKILL');
    const [status, signal] = await ended;
    expect([status, signal, errors]).toEqual([null, 'SIGKILL', '']);

    const latest = await readLatestCheckpoint(directory);
    const step = latest?.step ?? 0;
    // A checkpoint that was written stays written.
    expect(step).toBeGreaterThanOrEqual(reached + said.length - 1);
    reached = step;
    if (latest !== undefined) {
      expect(latest.warnings).toEqual([]);
      expect(latest.state).toEqual({ step, weights: new Float32Array(20_000).fill(step) });
    }
    const run = await openRunDirectory(directory);
    await run.truncateAfter(step);
    await run.close();
    expect((await readMetrics(directory)).map((record) => record.step)).toEqual(
      Array.from({ length: step }, (_, index) => index + 1),
    );
  }
  expect(reached).toBeGreaterThan(3);
  const left = [...(await readdir(directory)), ...(await readdir(join(directory, 'checkpoints')))];
  expect(left.filter((name) => name.endsWith('.tmp') || name === 'run.lock')).toEqual([]);
});
