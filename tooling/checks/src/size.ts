import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { type Package, root } from './workspace';

/** What people can import or run of a package, by its name in `exports` or `bin`. */
export const entriesOf = ({ manifest }: Package): ReadonlyMap<string, string> => {
  const exported = Object.entries(manifest.exports ?? {}).flatMap(([name, target]) =>
    typeof target === 'string' ? [] : [[name, target.default] as const],
  );
  return new Map([...exported, ...Object.entries(manifest.bin ?? {})]);
};

/**
 * Bytes that an entry costs, minified and gzipped, with its dependencies but without tfjs, our other packages and
 * what one installs beside.
 * @param file relative to the package
 */
export const sizeOf = async ({ directory, manifest }: Package, file: string): Promise<number> => {
  const { outputFiles } = await build({
    entryPoints: [join(root, directory, file)],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    logLevel: 'silent',
    outdir: 'out',
    external: [
      '@tensorflow/*',
      '@murmuration/*',
      'vitest',
      'node:*',
      ...Object.keys(manifest.peerDependencies ?? {}),
    ],
    ...(directory.startsWith('apps/')
      ? { platform: 'node' }
      : { platform: 'neutral', mainFields: ['module', 'main'] }),
  });
  return outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0);
};
