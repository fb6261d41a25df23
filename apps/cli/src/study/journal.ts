import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { fileError } from '@murmuration/core/node';
import { UsageError } from '../failure';
import type { Run } from './run';
import { type Cell, type FinishedRun, nameOf, runOf, type Study, type Track } from './study';

/** One line of `runs.jsonl`. */
interface Line {
  readonly method: string;
  readonly group: string;
  readonly run: Run;
  readonly track: Track;
  readonly seconds: number;
}

/** Every finished run of a study, one JSON line each, so that an interrupted study goes on where it stopped. */
export interface Journal {
  /** Runs of this study that were finished before. */
  readonly finished: readonly FinishedRun[];
  append(run: FinishedRun): Promise<void>;
}

const parse = (text: string): Line[] =>
  text.split('\n').flatMap((line): Line[] => {
    try {
      return line === '' ? [] : [JSON.parse(line)];
    } catch {
      // Cut short when the machine or the process died: that run is done again.
      return [];
    }
  });

const read = async (path: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw fileError('read', path, error);
  }
};

/** As JSON gives it back: without what is undefined. */
const plain = (run: Run): Record<string, unknown> => JSON.parse(JSON.stringify(run));

const difference = (before: Run, now: Run): string | undefined => {
  const [then, today] = [plain(before), plain(now)];
  for (const name of new Set([...Object.keys(then), ...Object.keys(today)])) {
    if (isDeepStrictEqual(then[name], today[name])) continue;
    return `${name} was ${JSON.stringify(then[name]) ?? 'not set'} and is now ${JSON.stringify(today[name]) ?? 'not set'}`;
  }
  return undefined;
};

/** @throws UsageError where the directory holds a run of this study that was done with other options. */
export const openJournal = async (directory: string, { cells, seeds }: Study): Promise<Journal> => {
  const path = join(directory, 'runs.jsonl');
  const text = await read(path);
  const keyOf = (method: string, group: string, seed: number): string =>
    JSON.stringify([method, group, seed]);
  const lines = new Map(parse(text).map((line) => [keyOf(line.method, line.group, line.run.seed), line]));
  const finishedOf = (cell: Cell, seed: number): FinishedRun[] => {
    const line = lines.get(keyOf(cell.method, cell.group, seed));
    if (!line) return [];
    const changed = difference(line.run, runOf(cell, seed));
    if (changed) {
      throw new UsageError(
        `${directory} holds results of other options: ${nameOf(cell, seed)}: ${changed}; choose another --output`,
      );
    }
    return [{ cell, seed, track: line.track, seconds: line.seconds }];
  };
  // A line that was cut short gets its end, so that what follows is a line of its own.
  let start = text === '' || text.endsWith('\n') ? '' : '\n';
  return {
    finished: cells.flatMap((cell) => seeds.flatMap((seed) => finishedOf(cell, seed))),
    async append({ cell, seed, track, seconds }) {
      const line: Line = { method: cell.method, group: cell.group, run: runOf(cell, seed), track, seconds };
      try {
        await appendFile(path, `${start}${JSON.stringify(line)}\n`);
      } catch (error) {
        throw fileError('write', path, error);
      }
      start = '';
    },
  };
};
