import { readFileSync } from 'node:fs';
import { link, open, readFile, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { FileError } from '../errors';
import { codeOf, fileError, isMissing, temporaryBeside } from './files';

/** Who holds a lock. */
interface Owner {
  readonly process: number;
  readonly host: string;
  /** When the process began, as Linux tells it: tells a process from a later one with the same number. */
  readonly began: string | undefined;
}

/** State and start time of a process (proc(5), /proc/PID/stat fields 3 and 22); undefined where there is no /proc. */
const statusOf = (process: number): { ended: boolean; began: string } | undefined => {
  try {
    // The second field is the program's name in parentheses and may hold spaces.
    const fields = readFileSync(`/proc/${process}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
    return { ended: fields[0] === 'Z' || fields[0] === 'X', began: fields[19] };
  } catch {
    return undefined;
  }
};

const isAlive = (owner: Owner): boolean => {
  try {
    process.kill(owner.process, 0);
  } catch (error) {
    // EPERM: it lives, but belongs to somebody else.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  const status = statusOf(owner.process);
  if (status === undefined) return true;
  return !status.ended && (owner.began === undefined || owner.began === status.began);
};

const parseOwner = (text: string): Owner | undefined => {
  try {
    const value = JSON.parse(text);
    return Number.isInteger(value.process) && typeof value.host === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
};

/** A lock file's text, and for how many milliseconds it has been there. */
interface Lock {
  readonly text: string;
  readonly age: number;
}

const readLock = async (path: string): Promise<Lock | undefined> => {
  try {
    const { mtimeMs } = await stat(path);
    return { text: await readFile(path, 'utf8'), age: Date.now() - mtimeMs };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw fileError('read', path, error);
  }
};

/**
 * Milliseconds after which a lock that names nobody was left by a process that was killed while writing it: only where
 * there are no hard links can it be seen before it is whole.
 */
const longestWrite = 300;

const isStale = ({ text, age }: Lock): boolean => {
  const holder = parseOwner(text);
  return holder ? holder.host === hostname() && !isAlive(holder) : age > longestWrite;
};

/** Writes a file that must not be there yet; nothing is left of it if that fails. */
const writeNew = async (path: string, text: string): Promise<void> => {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(text);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
};

/** What `link` says where a file system has no hard links. */
const withoutLinks = ['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'];

/** Creates a lock file whole, in one step, unless there is one. */
const createLock = async (path: string, text: string): Promise<boolean> => {
  const beside = temporaryBeside(path);
  await writeNew(beside, text);
  try {
    await link(beside, path).catch((error) => {
      if (withoutLinks.includes(codeOf(error) ?? '')) return writeNew(path, text);
      throw error;
    });
    return true;
  } catch (error) {
    // Who holds the lock may have tidied up what lay beside it.
    if (codeOf(error) === 'EEXIST' || isMissing(error)) return false;
    throw error;
  } finally {
    await rm(beside, { force: true });
  }
};

type Release = () => Promise<void>;

/** Takes a lock that nobody has, and says who has it otherwise; undefined where that has changed meanwhile. */
const tryLock = async (path: string): Promise<Release | Owner | undefined> => {
  const owner: Owner = { process: process.pid, host: hostname(), began: statusOf(process.pid)?.began };
  const mine = JSON.stringify(owner);
  const created = await createLock(path, mine).catch((error) => {
    throw fileError('write', path, error);
  });
  if (created) {
    return async () => {
      if ((await readLock(path))?.text === mine) await rm(path, { force: true });
    };
  }
  const lock = await readLock(path);
  if (!lock || !isStale(lock)) return lock && parseOwner(lock.text);
  await removeStale(path);
  return undefined;
};

/**
 * Removes a lock if it is stale. A lock of its own makes sure that what was found stale is what is removed: without it,
 * another process could have removed the same lock, and a third have taken the new one.
 */
const removeStale = async (path: string): Promise<void> => {
  const release = await tryLock(`${path}.takeover`);
  if (typeof release !== 'function') return;
  try {
    const lock = await readLock(path);
    if (lock && isStale(lock)) await rm(path, { force: true });
  } finally {
    await release();
  }
};

/**
 * Takes a lock file, so that one process at a time writes what it guards. A lock whose process is gone from this host
 * is taken over.
 * @param guarded what the lock guards, for the error
 * @returns what gives it back
 * @throws FileError if another process holds it
 */
export const acquireLock = async (path: string, guarded: string): Promise<Release> => {
  for (let attempt = 0; attempt < 100; attempt++) {
    const outcome = await tryLock(path);
    if (typeof outcome === 'function') return outcome;
    if (outcome) {
      throw new FileError(
        '@murmuration/core',
        `${guarded} is in use by process ${outcome.process} on ${outcome.host}; wait until it ends, or delete ${path} if it is gone`,
      );
    }
    await wait(10);
  }
  throw new FileError(
    '@murmuration/core',
    `cannot lock ${guarded}: ${path} keeps changing; try again, or delete ${path}.takeover if no process is left that made it`,
  );
};
