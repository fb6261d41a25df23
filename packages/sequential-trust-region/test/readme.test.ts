import { readFileSync } from 'node:fs';
import * as core from '@murmuration/core';
import * as worlds from '@murmuration/envs';
import { describe, expect, test } from 'vitest';
import * as trustRegion from '../src';
import { optionsTable } from './optionsTable';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('the README', () => {
  test('has an example that trains a team', async () => {
    const code = /```js\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
    const modules: Record<string, object> = {
      '@murmuration/core': core,
      '@murmuration/envs': worlds,
      '@murmuration/sequential-trust-region': trustRegion,
    };
    const body = code.replace(/^import (\{.*\}) from '(.*)';$/gm, "const $1 = modules['$2'];");
    const printed: number[][][] = [];
    const run = new Function('modules', 'console', `return (async () => {${body}})();`);
    await run(modules, { log: (...values: number[][][]) => printed.push(...values) });
    expect(printed).toHaveLength(1);
    expect([
      [0, 0],
      [1, 1],
    ]).toContainEqual(printed[0]);
  });

  test('tells every option of every algorithm', () => {
    expect(readme).toContain(optionsTable);
  });

  test('names every algorithm and every kind of preset', () => {
    for (const each of Object.values(trustRegion)) {
      if (typeof each !== 'object' || !('capabilities' in each)) continue;
      expect(readme).toContain(`\`${each.id}\``);
      for (const name of Object.keys(each.presets)) expect(readme).toContain(`\`${name.split('-')[0]}`);
    }
  });
});
