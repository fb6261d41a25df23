import { readFileSync } from 'node:fs';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { FileError } from '../errors';
import { fileError, isMissing, temporaryBeside } from './files';

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

const readLock = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw fileError('read', path, error);
  }
};

/** Removes the lock that was judged stale, and only that one: another process may be doing the same. */
const removeStale = async (path: string, content: string): Promise<void> => {
  const aside = temporaryBeside(path);
  try {
    await rename(path, aside);
  } catch (error) {
    if (isMissing(error)) return;
    throw fileError('replace', path, error);
  }
  if ((await readLock(aside)) !== content) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
};

/**
 * Takes a lock file, so that one process at a time writes what it guards. A lock whose process is gone from this host
 * is taken over.
 * @param guarded what the lock guards, for the error
 * @returns what gives it back
 * @throws FileError if another process holds it
 */
export const acquireLock = async (path: string, guarded: string): Promise<() => Promise<void>> => {
  const owner: Owner = { process: process.pid, host: hostname(), began: statusOf(process.pid)?.began };
  const mine = JSON.stringify(owner);
  for (let attempt = 0; attempt < 20; attempt++) {
    try {
      await writeFile(path, mine, { flag: 'wx' });
      return async () => {
        if ((await readLock(path)) === mine) await rm(path, { force: true });
      };
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) {
        await rm(path, { force: true }).catch(() => undefined);
        throw fileError('write', path, error);
      }
    }
    const content = await readLock(path);
    if (content === undefined) continue;
    const holder = parseOwner(content);
    if (holder === undefined && attempt < 10) {
      // Created but not yet written: its process may be about to.
      await wait(10);
    } else if (holder === undefined || (holder.host === owner.host && !isAlive(holder))) {
      await removeStale(path, content);
    } else {
      throw new FileError(
        '@murmuration/core',
        `${guarded} is in use by process ${holder.process} on ${holder.host}; wait until it ends, or delete ${path} if it is gone`,
      );
    }
  }
  throw new FileError('@murmuration/core', `cannot lock ${guarded}: ${path} keeps changing; try again`);
};
