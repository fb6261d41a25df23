/**
 * Compiles `assembly/` and writes it as a base64 module, `src/smax/module/ticks.ts`, so that the package loads everywhere
 * without a path. The module is committed with the digest of what it was made from; a test compares it.
 *
 *   node scripts/compile.mjs
 */
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import asc from 'assemblyscript/asc';

const folder = new URL('../', import.meta.url);

const options = [
  ...[
    'index.ts',
    '--outFile',
    'out.wasm',
    '--runtime',
    'stub',
    '--initialMemory',
    '34',
    '--maximumMemory',
    '34',
  ],
  ...['-O3', '--noAssert', '--enable', 'simd'],
];

/** Everything that the module is made from, by file name. */
const sources = async () => {
  const source = new URL('assembly/', folder);
  const names = (await readdir(source)).filter((name) => name.endsWith('.ts')).sort();
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(new URL(name, source), 'utf8')])),
  );
};

/** A digest of the sources, the options and the compiler. */
export const digest = async () => {
  const hash = createHash('sha256').update(JSON.stringify([asc.version, options]));
  for (const [name, text] of await sources()) hash.update(`\0${name}\0${text}`);
  return hash.digest('hex');
};

const compile = async () => {
  const files = await sources();
  let bytes;
  const { error, stderr } = await asc.main(options, {
    readFile: (name) => files.get(name) ?? null,
    writeFile: (_, contents) => {
      bytes = contents;
    },
    listFiles: () => [],
  });
  if (error) throw new Error(`envs: assembly does not compile\n${stderr.toString()}`);
  return bytes;
};

if (process.argv[1] && import.meta.url === new URL(`file://${process.argv[1]}`).href) {
  const bytes = await compile();
  const text = `// Made by scripts/compile.mjs from assembly/; do not edit.
export const source = '${await digest()}';
export const module =
  '${Buffer.from(bytes).toString('base64')}';
`;
  await writeFile(new URL('src/smax/module/ticks.ts', folder), text);
  process.stdout.write(`${bytes.length} bytes\n`);
}
