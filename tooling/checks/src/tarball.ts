import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './workspace';

/** Pack every package as a release does, by name; `pnpm pack` adds the licence and puts versions for `workspace:*`. */
export const packAll = (): ReadonlyMap<string, Uint8Array<ArrayBuffer>> => {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const folder = mkdtempSync(join(tmpdir(), 'murmuration-pack-'));
  try {
    const filters = ['--filter', './packages/*', '--filter', './apps/*'];
    const parameters = ['--yes', packageManager, '-r', ...filters, 'pack', '--json'];
    const printed = execFileSync('npx', [...parameters, '--pack-destination', folder], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 1 << 26,
      stdio: ['ignore', 'pipe', 'inherit'],
      shell: process.platform === 'win32',
    });
    const packed: { name: string; filename: string }[] = JSON.parse(printed);
    return new Map(packed.map(({ name, filename }) => [name, Uint8Array.from(readFileSync(filename))]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
