import { readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CheckpointError, MurmurationError } from '../errors';
import { decodeCheckpoint, encodeCheckpoint, piecesOf } from '../files/checkpoint';
import { isJsonObject, type JsonObject } from '../files/json';
import type { State } from '../state';
import { fileError, isMissing, readBytes, readText, writeFileAtomically } from './files';
import { readPieces, removeUnusedPieces, writePieces } from './pieces';

/** A checkpoint of a run directory. */
export interface CheckpointFile {
  readonly step: number;
  /** The `.safetensors` file. */
  readonly path: string;
}

export interface StoredCheckpoint {
  readonly path: string;
  readonly state: State;
  /** What the `.json` beside it says; undefined if it is missing or damaged, which loading does not need. */
  readonly details: JsonObject | undefined;
}

export interface LatestCheckpoint extends StoredCheckpoint {
  readonly step: number;
  /** One line for each newer checkpoint that could not be read. */
  readonly warnings: readonly string[];
}

const SUFFIX = '.safetensors';

const directoryOf = (runDirectory: string): string => join(runDirectory, 'checkpoints');

/** What several checkpoints share lies beside them. */
export const piecesDirectoryOf = (runDirectory: string): string => join(directoryOf(runDirectory), 'pieces');

const pathOf = (runDirectory: string, step: number): string =>
  join(directoryOf(runDirectory), `step-${step}${SUFFIX}`);

const detailsPathOf = (path: string): string => `${path.slice(0, -SUFFIX.length)}.json`;

/** The checkpoints of a run directory, oldest first. */
export const listCheckpoints = async (runDirectory: string): Promise<CheckpointFile[]> => {
  let names: string[];
  try {
    names = await readdir(directoryOf(runDirectory));
  } catch (error) {
    if (isMissing(error)) return [];
    throw fileError('read', directoryOf(runDirectory), error);
  }
  return names
    .flatMap((name) => /^step-(0|[1-9]\d{0,15})\.safetensors$/.exec(name)?.[1] ?? [])
    .map((digits) => ({ step: Number(digits), path: pathOf(runDirectory, Number(digits)) }))
    .sort((a, b) => a.step - b.step);
};

const readDetails = async (path: string): Promise<JsonObject | undefined> => {
  if (!path.endsWith(SUFFIX)) return undefined;
  try {
    const value: unknown = JSON.parse(await readText(detailsPathOf(path)));
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

export interface ReadOptions {
  /** Whether to read what was experienced too, which going on needs and acting does not. By default so. */
  readonly whole?: boolean;
}

/**
 * Reads a checkpoint from its `.safetensors` file, and from the pieces beside it.
 * @throws CheckpointError if it is damaged, FileError if it cannot be read; both name it
 */
export const readCheckpoint = async (
  path: string,
  { whole = true }: ReadOptions = {},
): Promise<StoredCheckpoint> => {
  const file = await readBytes(path);
  try {
    const pieces = whole ? await readPieces(join(dirname(path), 'pieces'), piecesOf(file)) : undefined;
    return { path, state: decodeCheckpoint(file, pieces), details: await readDetails(path) };
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error;
    throw new CheckpointError('@murmuration/core', `${path}: ${error.message}`, { cause: error });
  }
};

/**
 * The newest checkpoint that can be read, or undefined if there is none.
 * @throws CheckpointError if there are some but all are damaged
 */
export const readLatestCheckpoint = async (
  runDirectory: string,
  options: ReadOptions = {},
): Promise<LatestCheckpoint | undefined> => {
  const warnings: string[] = [];
  for (const { step, path } of (await listCheckpoints(runDirectory)).reverse()) {
    try {
      return { step, ...(await readCheckpoint(path, options)), warnings };
    } catch (error) {
      if (!(error instanceof MurmurationError)) throw error;
      warnings.push(error.message);
    }
  }
  if (warnings.length === 0) return undefined;
  throw new CheckpointError(
    '@murmuration/core',
    `no checkpoint of ${runDirectory} can be read (${warnings.length} are damaged); start anew. The newest: ${warnings[0]}`,
  );
};

const removeCheckpoint = async ({ path }: CheckpointFile): Promise<void> => {
  // The tensors first: a `.json` alone is no checkpoint, so that a kill in between leaves none that is half there.
  for (const file of [path, detailsPathOf(path)]) {
    try {
      await rm(file, { force: true });
    } catch (error) {
      throw fileError('remove', file, error);
    }
  }
};

/** Removes each `step-N.json` whose writer was stopped before its `.safetensors`. */
export const removeUnfinished = async (runDirectory: string): Promise<void> => {
  const finished = new Set((await listCheckpoints(runDirectory)).map(({ path }) => detailsPathOf(path)));
  for (const name of await readdir(directoryOf(runDirectory))) {
    const path = join(directoryOf(runDirectory), name);
    if (/^step-\d+\.json$/.test(name) && !finished.has(path)) await rm(path, { force: true });
  }
};

const removeUnused = async (runDirectory: string): Promise<void> => {
  const left = (await listCheckpoints(runDirectory)).map(({ path }) => path);
  await removeUnusedPieces(piecesDirectoryOf(runDirectory), left);
};

/** Removes all but the newest `keep` checkpoints. */
export const keepNewest = async (runDirectory: string, keep: number): Promise<void> => {
  for (const old of (await listCheckpoints(runDirectory)).slice(0, -keep)) await removeCheckpoint(old);
  await removeUnused(runDirectory);
};

/** Removes the checkpoints after a step. */
export const removeCheckpointsAfter = async (runDirectory: string, step: number): Promise<void> => {
  for (const later of await listCheckpoints(runDirectory)) {
    if (later.step > step) await removeCheckpoint(later);
  }
  await removeUnused(runDirectory);
};

/**
 * Writes the sealed trees that no earlier checkpoint wrote, then `step-N.json`, then `step-N.safetensors`, each
 * atomically.
 *
 * A checkpoint is there once its `.safetensors` has its name, and that rename is the last thing done. Killed before,
 * there is at most a `.json` without a checkpoint, which nothing reads and a resumed run writes again; the checkpoints
 * before it are touched only afterwards. So at every moment the newest `.safetensors` is whole.
 * @returns the path of the `.safetensors` file
 */
export const writeCheckpoint = async (
  runDirectory: string,
  step: number,
  state: State,
  details: JsonObject,
): Promise<string> => {
  const path = pathOf(runDirectory, step);
  const pieces = await writePieces(piecesDirectoryOf(runDirectory), state);
  const { tensors, metadata } = encodeCheckpoint(state, details, pieces);
  await writeFileAtomically(detailsPathOf(path), metadata);
  await writeFileAtomically(path, tensors);
  return path;
};
