import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { mkdir, open, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FileError } from '../errors';

export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

export const isMissing = (error: unknown): boolean => codeOf(error) === 'ENOENT';

/** The nearest thing above a path that exists but is not a directory. */
const fileAbove = (path: string): string => {
  for (let above = dirname(path); above !== dirname(above); above = dirname(above)) {
    try {
      if (!statSync(above).isDirectory()) return above;
    } catch {
      // Not there either, or below the file that is looked for.
    }
  }
  return dirname(path);
};

const reason = (code: string | undefined, path: string, error: unknown): string => {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full; free some space or choose another directory';
    case 'EFBIG':
      return 'the file is larger than the system allows; choose another directory';
    case 'ENOTDIR':
      return `${fileAbove(path)} is not a directory; choose another path`;
    case 'EEXIST':
      return 'a file is there already; choose another path';
    case 'EISDIR':
      return 'it is a directory; give the path of a file';
    case 'EACCES':
    case 'EPERM':
      return 'permission denied; change its permissions or choose another path';
    case 'EROFS':
      return 'the file system is read-only; choose another path';
    case 'ENOENT':
      return 'there is no such file or directory; check the path';
    case 'ENAMETOOLONG':
      return 'the name is too long; choose a shorter one';
    case 'EMFILE':
    case 'ENFILE':
      return 'too many files are open; close some programs or raise the limit';
    default:
      return error instanceof Error ? error.message : String(error);
  }
};

/**
 * One clear line for an error of the file system; other errors of this package pass as they are.
 * @param action what was tried, such as `write`
 */
export const fileError = (action: string, path: string, error: unknown): FileError =>
  error instanceof FileError
    ? error
    : new FileError('@murmuration/core', `cannot ${action} ${path}: ${reason(codeOf(error), path, error)}`, {
        cause: error,
      });

/** Does something to a file; an error becomes a {@link FileError}. */
const attempt = async <Result>(action: string, path: string, run: () => Promise<Result>): Promise<Result> => {
  try {
    return await run();
  } catch (error) {
    throw fileError(action, path, error);
  }
};

export const readBytes = (path: string): Promise<Uint8Array> => attempt('read', path, () => readFile(path));

export const readText = (path: string): Promise<string> =>
  attempt('read', path, () => readFile(path, 'utf8'));

/** Creates a directory and those above it; one that is there already is fine. */
export const makeDirectory = (path: string): Promise<void> =>
  attempt('create directory', path, async () => {
    await mkdir(path, { recursive: true });
  });

const TEMPORARY = /^\.murmuration-[0-9a-f]{16}\.tmp$/;

/** Whether a name is that of a file that {@link writeFileAtomically} was killed over. */
export const isTemporaryName = (name: string): boolean => TEMPORARY.test(name);

/** A name beside a path. It does not hold the path's own name, which may be as long as the system allows. */
export const temporaryBeside = (path: string): string =>
  join(dirname(path), `.murmuration-${randomBytes(8).toString('hex')}.tmp`);

/** Makes a rename outlive a power failure. Windows cannot open directories and some file systems cannot sync them. */
const syncDirectory = async (path: string): Promise<void> => {
  try {
    const handle = await open(path, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!['EPERM', 'EACCES', 'EISDIR', 'EINVAL', 'ENOTSUP'].includes(codeOf(error) ?? '')) throw error;
  }
};

/** Where the bytes really go: through links; `inPlace` for devices and pipes, which must not be replaced by a file. */
const resolveTarget = async (path: string): Promise<{ target: string; inPlace: boolean }> => {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw Object.assign(new Error(`${path} is a directory`), { code: 'EISDIR' });
    return found.isFile()
      ? { target: await realpath(path), inPlace: false }
      : { target: path, inPlace: true };
  } catch (error) {
    if (isMissing(error)) return { target: path, inPlace: false };
    throw error;
  }
};

/**
 * Writes a file so that at any moment, even after a power failure, the path holds either what it held before or all
 * of the new content: written and synced beside, then renamed. What was written beside is removed on failure.
 * @throws FileError
 */
export const writeFileAtomically = (path: string, content: string | Uint8Array): Promise<void> =>
  attempt('write', path, async () => {
    const { target, inPlace } = await resolveTarget(path);
    if (inPlace) return writeFile(target, content);
    const beside = temporaryBeside(target);
    try {
      const handle = await open(beside, 'wx');
      try {
        await handle.writeFile(content);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(beside, target);
    } catch (error) {
      await rm(beside, { force: true }).catch(() => undefined);
      throw error;
    }
    await syncDirectory(dirname(target));
  });
