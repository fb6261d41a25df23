import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Pythons that may have a peer: the one on the path, and Debian's. */
const pythons = ['python3', '/usr/bin/python3'];

const program = (name, library) => fileURLToPath(new URL(`./peers/${name}_${library}.py`, import.meta.url));

const find = async (library) => {
  for (const python of pythons) {
    try {
      await execute(python, ['-c', `import ${library}`]);
      return python;
    } catch {
      // Not there, or without the library: the next one.
    }
  }
  return undefined;
};

/** Equivalent programs of ours for PyTorch (one thread) and JAX, where a Python has them: milliseconds of one step. */
export const findPeers = async () => {
  const found = await Promise.all(
    ['torch', 'jax'].map(async (name) => {
      const python = await find(name);
      const run = async ({ program: file, arguments: values }) => {
        if (!existsSync(program(file, name))) return undefined;
        const { stdout } = await execute(python, [program(file, name), ...values.map(String)]);
        return Number(stdout.trim());
      };
      return python && { name, run };
    }),
  );
  return found.filter((peer) => peer !== undefined);
};
