import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import asc from 'assemblyscript/asc';

/**
 * Every AssemblyScript file of a folder, by name in alphabetical order.
 * @param {URL} folder ends with a slash
 * @returns {Promise<Map<string, string>>}
 */
export const readSources = async (folder) => {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.ts')).sort();
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(new URL(name, folder), 'utf8')])),
  );
};

/**
 * A digest of sources, options and the compiler: who commits a module keeps it beside, and a test compares it.
 * @param {Map<string, string>} sources @param {readonly string[]} options
 */
export const digestOf = (sources, options) => {
  const hash = createHash('sha256').update(JSON.stringify([asc.version, options]));
  for (const [name, text] of sources) hash.update(`\0${name}\0${text}`);
  return hash.digest('hex');
};

/**
 * @param {Map<string, string>} sources by file name @param {readonly string[]} options of the compiler
 * @returns {Promise<Uint8Array>} the module
 * @throws {Error} with what the compiler says
 */
export const compileAssembly = async (sources, options) => {
  let bytes;
  const { error, stderr } = await asc.main([...options], {
    readFile: (name) => sources.get(name) ?? null,
    writeFile: (_, contents) => {
      bytes = contents;
    },
    listFiles: () => [],
  });
  if (error) throw new Error(`the assembly does not compile\n${stderr.toString()}`);
  return bytes;
};

/**
 * A module as TypeScript that holds its bytes, so that a package loads everywhere without a path.
 * @param {Uint8Array} bytes @param {string} digest
 */
export const embed = (bytes, digest) =>
  `// Made by scripts/compile.mjs from assembly/; do not edit.
export const source = '${digest}';
export const module =
  '${Buffer.from(bytes).toString('base64')}';
`;
