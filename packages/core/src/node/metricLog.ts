import { appendFileSync } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { encodeJsonLine, type JsonLine, parseJsonLines } from '../files/metrics/jsonLines';
import type { MetricRecord } from '../files/metrics/record';
import { fileError, isMissing, writeFileAtomically } from './files';

/** Creates a log that is not there yet. @throws FileError */
export const beginLog = (path: string): void => {
  try {
    appendFileSync(path, '');
  } catch (error) {
    throw fileError('write', path, error);
  }
};

/**
 * Adds a record to a JSON Lines file. Synchronous, so that records stay in order and whole even where the caller does
 * not await them.
 * @throws FileError
 */
export const appendRecord = (path: string, record: MetricRecord): void => {
  try {
    appendFileSync(path, encodeJsonLine(record));
  } catch (error) {
    throw fileError('write', path, error);
  }
};

const readLog = async (path: string): Promise<string> => {
  try {
    // A log that was sent to a device has no lines to read, and a device may have no end.
    return (await stat(path)).isFile() ? await readFile(path, 'utf8') : '';
  } catch (error) {
    if (isMissing(error)) return '';
    throw fileError('read', path, error);
  }
};

/** The lines of a log; none if it is missing. @throws FileError for a line that is not JSON, except a torn last one */
export const readRecords = async (path: string): Promise<JsonLine[]> =>
  parseJsonLines(await readLog(path), path);

/** Drops the records after a step and a torn last line; the other lines stay as they are, byte for byte. */
export const truncateLog = async (path: string, step: number): Promise<void> => {
  const text = await readLog(path);
  const kept = parseJsonLines(text, path)
    .filter(({ record }) => typeof record.step !== 'number' || record.step <= step)
    .map((line) => `${line.text}\n`)
    .join('');
  if (kept !== text) await writeFileAtomically(path, kept);
};

/** Waits until what was appended has reached the disk. */
export const syncLog = async (path: string): Promise<void> => {
  try {
    const handle = await open(path, 'r+');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!isMissing(error)) throw fileError('write', path, error);
  }
};
