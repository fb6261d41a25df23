import { readFileSync } from 'node:fs';
import * as core from '@murmuration/core';
import { createEnvironment, type EnvironmentFamily } from '@murmuration/core';
import { testEnvironment } from '@murmuration/core/testing';
import { describe, expect, test } from 'vitest';
import type { ZodObject } from 'zod';
import * as worlds from '../src';
import crossing from './crossing';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const readme = read('../README.md');

const families = Object.values(worlds).filter(
  (each): each is typeof each & EnvironmentFamily => typeof each === 'object' && 'family' in each,
);

testEnvironment('the world of the README', crossing);

describe('the README', () => {
  test('shows the world that is tested here', () => {
    expect(readme).toContain(`\`\`\`ts\n${read('./crossing.ts')}\`\`\``);
  });

  test('prints what its first example prints', () => {
    const code = /```js\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
    const modules: Record<string, object> = { '@murmuration/core': core, '@murmuration/envs': worlds };
    const body = code.replace(/^import (\{.*\}) from '(.*)';$/gm, "const $1 = modules['$2'];");
    const printed: unknown[] = [];
    new Function('modules', 'console', body)(modules, {
      log: (...values: unknown[]) => printed.push(...values),
    });
    const { rewards } = worlds.coordinationGameOf({ agents: 3 });
    // Of game 0, the joint action 000 leads to outcome 4 of the first stage.
    expect(printed).toEqual([new Float32Array(24).fill(rewards[4]), new Float32Array(8).fill(5)]);
  });

  test('names every family, its variants and every option', () => {
    expect(families.map(({ family }) => family).sort()).toEqual([
      'coordination',
      'differential',
      'flag',
      'grid',
      'matrix-game',
      'mpe',
      'mujoco',
      'smax',
    ]);
    for (const { family, options } of families) {
      expect(readme).toContain(`\`${family}/`);
      for (const name of Object.keys((options as ZodObject).shape)) expect(readme).toContain(`\`${name}\``);
    }
  });

  test('names every metric of the particle worlds, as their docstring does', () => {
    const docstring = read('../src/particle/mpe.ts');
    for (const task of worlds.mpeFamily.variants) {
      for (const metric of createEnvironment(worlds.mpeFamily.create(task), 1).spec.metrics) {
        expect(readme).toContain(`\`${metric}\``);
        expect(docstring).toContain(`\`${metric}\``);
      }
    }
  });

  test('says rightly that all worlds draw themselves', async () => {
    for (const { create, load, variants } of families) {
      await load?.();
      const world = createEnvironment(create(variants[0]), 1);
      expect(world.watch).toBeTypeOf('function');
      world.dispose?.();
    }
  });
});

describe('families', () => {
  test.each(families.map((each) => [each.family, each] as const))(
    '%s makes all it lists',
    async (family, each) => {
      await each.load?.();
      for (const variant of each.variants) {
        const world = createEnvironment(each.create(variant), 1);
        expect(world.spec.id).toBe(`${family}/${variant}`);
        world.dispose?.();
      }
      expect(() => each.create('nine')).toThrow(`there is no environment ${family}/nine; `);
      expect(() => each.create(each.variants[0], { colour: 1 })).toThrow('there is no option colour');
      for (const option of Object.values((each.options as ZodObject).shape)) {
        expect(option.description).toMatch(/^\w.{10}/);
      }
    },
  );
});
