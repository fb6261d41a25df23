import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { exampleOf } from './example';
import { home, runIn, runtimes } from './runtimes';

const each = runtimes.map((runtime) => [runtime.name, runtime] as const);

describe("the README's example", () => {
  const program = 'dist/example.mjs';
  let inNode = '';

  beforeAll(async () => {
    const readme = readFileSync(join(home, '../../README.md'), 'utf8');
    mkdirSync(join(home, 'dist'), { recursive: true });
    writeFileSync(join(home, program), exampleOf(readme, 'Ten lines'));
    inNode = await runIn(runtimes[0], program);
  });

  test.each(each)('trains and acts alike in %s', async (_, runtime) => {
    expect(inNode).not.toBe('');
    expect(await runIn(runtime, program)).toBe(inNode);
  });
});

describe('tensors', () => {
  test.each(each)('learn with our kernels in %s', async (_, runtime) => {
    const [exact, loss] = (await runIn(runtime, 'programs/tensors.js')).split('\n');
    expect(exact).toBe('wasm relaxed 2 4 6');
    expect(Number.parseFloat(loss)).toBeLessThan(0.01);
  });
});

describe('data-parallel workers', () => {
  test.each(each)('train and end in %s', async (_, runtime) => {
    const lines = (await runIn(runtime, 'programs/workers.js')).trim().split('\n');
    expect(lines).toEqual(['evaluated 80', 'evaluated 160', 'done 160']);
  });
});
