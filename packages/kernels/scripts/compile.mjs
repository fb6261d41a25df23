/**
 * Compiles `assembly/` into the two builds and writes them as base64 modules under `src/module/`, so that the package
 * loads everywhere without a path. The modules are committed with the digest of what they were made from; a test
 * compares it.
 *
 *   node scripts/compile.mjs
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { compileAssembly, digestOf, embed, readSources } from '@murmuration/build/assembly';
import { ceiling } from './ceiling.mjs';
import { withConstants } from './constants.mjs';
import { checkStandsAlone } from './standsAlone.mjs';
import { tiles } from './tiles.mjs';

const folder = new URL('../', import.meta.url);

export const builds = [
  { name: 'simd', relaxed: false },
  { name: 'relaxed', relaxed: true },
];

const options = (relaxed) => [
  ...['index.ts', '--outFile', 'out.wasm', '--runtime', 'stub', '--importMemory', '--noExportMemory'],
  ...['-O3', '--debug', '--noAssert', '--enable', 'simd', ...(relaxed ? ['--enable', 'relaxed-simd'] : [])],
];

/** Everything that a build is made from, by file name. @param {boolean} relaxed */
const sources = async (relaxed) =>
  withConstants(
    new Map([
      ['tiles.ts', tiles(relaxed)],
      ['ceiling.ts', ceiling()],
      ...(await readSources(new URL('assembly/', folder))),
    ]),
    relaxed,
  );

/** A digest of the sources, the options and the compiler of a build. @param {boolean} relaxed */
export const digest = async (relaxed) => digestOf(await sources(relaxed), options(relaxed));

if (process.argv[1] && import.meta.url === new URL(`file://${process.argv[1]}`).href) {
  await mkdir(new URL('src/module/', folder), { recursive: true });
  for (const { name, relaxed } of builds) {
    const bytes = await compileAssembly(await sources(relaxed), options(relaxed));
    checkStandsAlone(bytes);
    await writeFile(new URL(`src/module/${name}.ts`, folder), embed(bytes, await digest(relaxed)));
    process.stdout.write(`${name}: ${bytes.length} bytes\n`);
  }
}
