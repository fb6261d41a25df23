/**
 * Compiles `assembly/` into the two builds and writes them as base64 modules under `src/module/`, so that the package
 * loads everywhere without a path. The modules are committed with the digest of what they were made from; a test
 * compares it.
 *
 *   node scripts/compile.mjs
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import asc from 'assemblyscript/asc';
import { ceiling } from './ceiling.mjs';
import { checkStandsAlone } from './standsAlone.mjs';
import { tiles } from './tiles.mjs';

const folder = new URL('../', import.meta.url);

export const builds = [
  { name: 'simd', relaxed: false },
  { name: 'relaxed', relaxed: true },
];

const options = (relaxed) => [
  ...['index.ts', '--outFile', 'out.wasm', '--runtime', 'stub', '--importMemory', '--noExportMemory'],
  ...['-O3', '--noAssert', '--enable', 'simd', ...(relaxed ? ['--enable', 'relaxed-simd'] : [])],
];

/** Everything that a build is made from, by file name. @param {boolean} relaxed */
const sources = async (relaxed) => {
  const files = new Map([
    ['tiles.ts', tiles(relaxed)],
    ['ceiling.ts', ceiling()],
  ]);
  const source = new URL('assembly/', folder);
  for (const name of (await readdir(source)).filter((each) => each.endsWith('.ts')).sort()) {
    files.set(name, await readFile(new URL(name, source), 'utf8'));
  }
  return files;
};

/** A digest of the sources, the options and the compiler of a build. @param {boolean} relaxed */
export const digest = async (relaxed) => {
  const hash = createHash('sha256').update(JSON.stringify([asc.version, options(relaxed)]));
  for (const [name, text] of await sources(relaxed)) hash.update(`\0${name}\0${text}`);
  return hash.digest('hex');
};

/** One build as bytes. @param {boolean} relaxed */
const compile = async (relaxed) => {
  const files = await sources(relaxed);
  let bytes;
  const { error, stderr } = await asc.main(options(relaxed), {
    readFile: (name) => files.get(name) ?? null,
    writeFile: (_, contents) => {
      bytes = contents;
    },
    listFiles: () => [],
  });
  if (error) throw new Error(`kernels: assembly does not compile\n${stderr.toString()}`);
  checkStandsAlone(bytes);
  return bytes;
};

const embed = (bytes, source) =>
  `// Made by scripts/compile.mjs from assembly/; do not edit.
export const source = '${source}';
export const module =
  '${Buffer.from(bytes).toString('base64')}';
`;

if (process.argv[1] && import.meta.url === new URL(`file://${process.argv[1]}`).href) {
  await mkdir(new URL('src/module/', folder), { recursive: true });
  for (const { name, relaxed } of builds) {
    const bytes = await compile(relaxed);
    await writeFile(new URL(`src/module/${name}.ts`, folder), embed(bytes, await digest(relaxed)));
    process.stdout.write(`${name}: ${bytes.length} bytes\n`);
  }
}
