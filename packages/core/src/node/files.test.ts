import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FileError } from '../errors';
import { fileError, makeDirectory, readBytes, writeFileAtomically } from './files';

let root: string;
let directory: string;
let count = 0;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'murmuration-files-'));
});
beforeEach(async () => {
  directory = join(root, String(count++));
  await mkdir(directory);
});
afterAll(() => rm(root, { recursive: true }));

const rejection = async (promise: Promise<unknown>): Promise<FileError> => {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(FileError);
  return error as FileError;
};

describe('writeFileAtomically', () => {
  it('writes and replaces, and leaves nothing beside', async () => {
    const path = join(directory, 'a');
    await writeFileAtomically(path, 'one');
    await writeFileAtomically(path, Uint8Array.of(104, 105));
    expect(await readFile(path, 'utf8')).toBe('hi');
    expect(await readdir(directory)).toEqual(['a']);
  });

  it('writes names as long as the system allows, and removes what it wrote beside when the name is refused', async () => {
    await writeFileAtomically(join(directory, 'x'.repeat(255)), '');
    const error = await rejection(writeFileAtomically(join(directory, 'y'.repeat(256)), ''));
    expect(error.message).toMatch(/^cannot write .*yyy: the name is too long; choose a shorter one$/);
    expect(await readdir(directory)).toEqual(['x'.repeat(255)]);
  });

  it('writes through a link to a file and keeps the link', async () => {
    await writeFile(join(directory, 'a'), 'old');
    await symlink(join(directory, 'a'), join(directory, 'link'));
    await writeFileAtomically(join(directory, 'link'), 'new');
    expect(await readFile(join(directory, 'a'), 'utf8')).toBe('new');
    expect((await lstat(join(directory, 'link'))).isSymbolicLink()).toBe(true);
  });

  it('says that a directory is one', async () => {
    const error = await rejection(writeFileAtomically(directory, ''));
    expect(error.message).toBe(`cannot write ${directory}: it is a directory; give the path of a file`);
  });

  it('says which part of the path is a file', async () => {
    const file = join(directory, 'file');
    await writeFile(file, '');
    const path = join(file, 'a', 'b');
    expect((await rejection(writeFileAtomically(path, ''))).message).toBe(
      `cannot write ${path}: ${file} is not a directory; choose another path`,
    );
    expect((await rejection(makeDirectory(path))).message).toBe(
      `cannot create directory ${path}: ${file} is not a directory; choose another path`,
    );
    expect((await rejection(makeDirectory(file))).message).toBe(
      `cannot create directory ${file}: a file is there already; choose another path`,
    );
  });

  it('says that a directory is missing', async () => {
    const path = join(directory, 'gone', 'a');
    const error = await rejection(writeFileAtomically(path, ''));
    expect(error.message).toBe(`cannot write ${path}: there is no such file or directory; check the path`);
    expect(error.package).toBe('@murmuration/core');
    expect((await rejection(readBytes(path))).message).toMatch(/^cannot read /);
  });
});

// The device that is always full exists on Linux and FreeBSD.
describe.runIf(existsSync('/dev/full'))('/dev/full', () => {
  it('is a full disk, and stays the device that it is', async () => {
    const link = join(directory, 'full');
    await symlink('/dev/full', link);
    for (const path of ['/dev/full', link]) {
      const error = await rejection(writeFileAtomically(path, 'x'));
      expect(error.message).toBe(
        `cannot write ${path}: the disk is full; free some space or choose another directory`,
      );
    }
    expect((await stat('/dev/full')).isCharacterDevice()).toBe(true);
  });

  it('is no directory', async () => {
    expect((await rejection(makeDirectory('/dev/full'))).message).toMatch(/a file is there already/);
    expect((await rejection(makeDirectory('/dev/full/run'))).message).toMatch(
      /\/dev\/full is not a directory/,
    );
  });
});

it('writes into a pipe', async () => {
  const pipe = join(directory, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const [content] = await Promise.all([readFile(pipe, 'utf8'), writeFileAtomically(pipe, 'through')]);
  expect(content).toBe('through');
});

it.each([
  ['EACCES', /permission denied; change its permissions/],
  ['EROFS', /read-only; choose/],
  ['EMFILE', /too many files are open/],
  ['EDQUOT', /the disk is full/],
  ['EIO', /EIO: what the system said/],
])('has a line for %s', (code, message) => {
  const cause = Object.assign(new Error(`${code}: what the system said`), { code });
  const error = fileError('write', '/a/b', cause);
  expect(error.message).toMatch(message);
  expect(error.message).not.toContain('\n');
  expect(error.cause).toBe(cause);
  expect(fileError('read', '/c', error)).toBe(error);
});
