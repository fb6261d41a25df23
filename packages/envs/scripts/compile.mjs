/**
 * Compiles `assembly/` and writes it as a base64 module, `src/smax/module/ticks.ts`, so that the package loads everywhere
 * without a path. The module is committed with the digest of what it was made from; a test compares it.
 *
 *   node scripts/compile.mjs
 */
import { writeFile } from 'node:fs/promises';
import { compileAssembly, digestOf, embed, readSources } from '@murmuration/build/assembly';

const folder = new URL('../', import.meta.url);

const options = [
  ...['index.ts', '--outFile', 'out.wasm', '--runtime', 'stub', '--initialMemory', '34'],
  ...['--maximumMemory', '34', '-O3', '--noAssert', '--enable', 'simd'],
];

const sources = () => readSources(new URL('assembly/', folder));

/** A digest of the sources, the options and the compiler. */
export const digest = async () => digestOf(await sources(), options);

if (process.argv[1] && import.meta.url === new URL(`file://${process.argv[1]}`).href) {
  const bytes = await compileAssembly(await sources(), options);
  await writeFile(new URL('src/smax/module/ticks.ts', folder), embed(bytes, await digest()));
  process.stdout.write(`${bytes.length} bytes\n`);
}
