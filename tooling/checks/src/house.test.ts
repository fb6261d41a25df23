import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { violationsOf } from './house';
import { type Package, publishedPackages, root } from './workspace';

const algorithm: Package = {
  directory: 'packages/iqss-roma',
  manifest: {
    name: '@murmuration/iqss-roma',
    version: '0.0.0',
    dependencies: {
      '@murmuration/core': '',
      '@murmuration/envs': '',
      '@murmuration/srsv': '',
      '@tensorflow/tfjs-core': '',
    },
  },
};
const core: Package = {
  directory: 'packages/core',
  manifest: { name: '@murmuration/core', version: '0.0.0', dependencies: { '@murmuration/envs': '' } },
};

describe('violationsOf', () => {
  test.each([
    ['const x = Math.random();', 'packages/iqss-roma/src/a.ts:1 uses Math.random; take a Random'],
    ['\nx.dataSync();', 'packages/iqss-roma/src/a.ts:2 reads with dataSync; await data()'],
    ['tf.randomNormal([2]);', 'packages/iqss-roma/src/a.ts:1 uses tf.randomNormal; take a Random'],
    [
      "import { multinomial as draw } from '@tensorflow/tfjs-core';",
      'packages/iqss-roma/src/a.ts:1 imports multinomial of tfjs; take a Random',
    ],
    [
      "export * from '@murmuration/srsv';",
      'packages/iqss-roma/src/a.ts:1 imports @murmuration/srsv, which is not below it',
    ],
    [
      "import { x } from '@murmuration/envs';",
      'packages/iqss-roma/src/a.ts:1 imports @murmuration/envs, which is not below it',
    ],
    [
      "const x = await import('zod/mini');",
      'packages/iqss-roma/src/a.ts:1 imports zod, which is not among its dependencies',
    ],
    [
      "import x from '../../core/src/random';",
      'packages/iqss-roma/src/a.ts:1 reaches into another package: ../../core/src/random',
    ],
  ])('forbids %s', (text, line) => {
    expect(violationsOf(algorithm, 'src/a.ts', text)).toEqual([line]);
  });

  test.each([
    ['src/a.ts', '// never Math.random() nor dataSync\nconst name = "tf.randomNormal";'],
    [
      'src/a.ts',
      "import { train } from '@murmuration/core';\nimport './b';\nimport '@murmuration/iqss-roma';",
    ],
    ['src/node/a.ts', "import { join } from 'node:path';"],
    ['src/experiment/worlds.ts', "import { coordination } from '@murmuration/envs';"],
  ])('allows in %s: %s', (path, text) => {
    expect(violationsOf(algorithm, path, text)).toEqual([]);
  });

  test('keeps core below the worlds', () => {
    expect(violationsOf(core, 'src/a.ts', "import type { x } from '@murmuration/envs';")).toEqual([
      'packages/core/src/a.ts:1 imports @murmuration/envs, which is not below it',
    ]);
  });
});

const sourcesOf = ({ directory }: Package): string[] =>
  readdirSync(join(root, directory, 'src'), { recursive: true, encoding: 'utf8' })
    .map((path) => `src/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'));

describe('the sources keep the rules of the house', () => {
  test.each(publishedPackages.map((published) => [published.manifest.name, published] as const))(
    '%s',
    (_, published) => {
      const sources = sourcesOf(published);
      expect(sources).not.toEqual([]);
      const found = sources.flatMap((path) =>
        violationsOf(published, path, readFileSync(join(root, published.directory, path), 'utf8')),
      );
      expect(found).toEqual([]);
    },
  );
});
