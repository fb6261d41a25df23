import { readFileSync } from 'node:fs';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, describe, expect, test } from 'vitest';
import { entriesOf, sizeOf } from './size';
import { packAll } from './tarball';
import { publishedPackages } from './workspace';

/** The most that each entry may weigh, in kilobytes (1000 bytes) minified and gzipped. */
const budgets: Record<string, Record<string, number>> = JSON.parse(
  readFileSync(new URL('../sizes.json', import.meta.url), 'utf8'),
);
const tarballs = packAll();
const weighed: string[] = [];

/** Users of CommonJS and of Node's resolution before exports are not served: the packages are ESM only. */
const unserved = new Set(['node10', 'node16-cjs']);

describe.each(publishedPackages.map((published) => [published.manifest.name, published] as const))(
  '%s',
  (name, published) => {
    const { manifest } = published;
    const tarball = tarballs.get(name);
    if (!tarball) throw new Error(`${name} was not packed`);
    const unpacked = createPackageFromTarballData(tarball);

    test('passes publint', async () => {
      const { messages, pkg } = await publint({ pack: { tarball: tarball.buffer }, strict: true });
      expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
    });

    test('gives every importer right types', async () => {
      const result = await checkPackage(unpacked);
      const problems = result.types ? result.problems : [];
      expect(
        problems.filter((problem) => !('resolutionKind' in problem && unserved.has(problem.resolutionKind))),
      ).toEqual([]);
    });

    test('holds what people need and no tests', () => {
      const targets = Object.values(manifest.exports ?? {}).flatMap((target) =>
        typeof target === 'string' ? [target] : Object.values(target),
      );
      const entries = [...targets, ...Object.values(manifest.bin ?? {})].map((path) =>
        path.replace(/^\.\//, ''),
      );
      const files = unpacked.listFiles().map((path) => path.replace(`/node_modules/${name}/`, ''));
      expect(['LICENSE', 'README.md', ...entries].filter((path) => !files.includes(path))).toEqual([]);
      expect(files.filter((path) => /\.test\.|(^|\/)(test|fixtures|node_modules)\//.test(path))).toEqual([]);
    });

    test('keeps its size budget', async () => {
      const entries = entriesOf(published);
      expect(Object.keys(budgets[name] ?? {}).sort()).toEqual([...entries.keys()].sort());
      const over: string[] = [];
      for (const [entry, file] of entries) {
        const size = (await sizeOf(published, file)) / 1000;
        const line = `${name} ${entry}: ${size.toFixed(1)} of ${budgets[name][entry]} kB`;
        weighed.push(line);
        if (size > budgets[name][entry]) over.push(line);
      }
      expect(over).toEqual([]);
    });
  },
);

afterAll(() => console.log(`Minified and gzipped\n${weighed.join('\n')}`));
