import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError, FileError } from '../errors';
import type { JsonObject } from '../files/json';
import { encodeCsv } from '../files/metrics/csv';
import type { MetricRecord } from '../files/metrics/record';
import type { State } from '../state';
import {
  keepNewest,
  listCheckpoints,
  piecesDirectoryOf,
  removeCheckpointsAfter,
  removeUnfinished,
  writeCheckpoint,
} from './checkpoints';
import { EventLog } from './eventLog';
import { fileError, isTemporaryName, makeDirectory, writeFileAtomically } from './files';
import { acquireLock } from './lock';
import { appendRecord, beginLog, readRecords, syncLog, truncateLog } from './metricLog';
import { configPath, kindOf, readRunConfig, writeRunConfig } from './runConfig';

export interface RunDirectoryOptions {
  /**
   * How many of the newest checkpoints to keep, or all of them. By default 3: one to resume from, and two in case it
   * turns out to be damaged.
   */
  readonly keep?: number | 'all';
  /** Whether to write `metrics.csv` too, at every checkpoint and at the end. By default not. */
  readonly csv?: boolean;
  /** Whether to write TensorBoard event files too, into `tensorboard/`. By default not. */
  readonly tensorboard?: boolean;
}

const metricsPath = (directory: string): string => join(directory, 'metrics.jsonl');
const evaluationsPath = (directory: string): string => join(directory, 'evaluations.jsonl');
const checkpointsPath = (directory: string): string => join(directory, 'checkpoints');

/** The records of `metrics.jsonl`, also of a run that is going on. @throws FileError */
export const readMetrics = async (directory: string): Promise<JsonObject[]> =>
  (await readRecords(metricsPath(directory))).map(({ record }) => record);

/** The records of `evaluations.jsonl`, also of a run that is going on. @throws FileError */
export const readEvaluations = async (directory: string): Promise<JsonObject[]> =>
  (await readRecords(evaluationsPath(directory))).map(({ record }) => record);

const checkKeep = (keep: number | 'all'): number => {
  if (keep === 'all') return Number.POSITIVE_INFINITY;
  if (Number.isSafeInteger(keep) && keep >= 1) return keep;
  throw new ConfigurationError(
    '@murmuration/core',
    `keep is ${keep}; give a whole number of at least 1, or 'all'`,
  );
};

const checkStep = (step: number): void => {
  if (Number.isSafeInteger(step) && step >= 0) return;
  throw new ConfigurationError('@murmuration/core', `step is ${step}; give a whole number of at least 0`);
};

const runtime = (): string => {
  const { bun, deno, node } = process.versions as { readonly [name: string]: string | undefined };
  if (bun !== undefined) return `bun ${bun}`;
  return deno === undefined ? `node ${node}` : `deno ${deno}`;
};

/**
 * A run directory that this process writes, and no other: it holds `run.lock` until it is closed.
 * Every method throws FileError when the file system refuses.
 */
export class RunDirectory {
  readonly path: string;
  readonly #release: () => Promise<void>;
  readonly #keep: number;
  readonly #csv: boolean;
  readonly #events: EventLog | undefined;
  #config: JsonObject;

  /** Use {@link createRunDirectory} or {@link openRunDirectory}. */
  constructor(path: string, config: JsonObject, options: RunDirectoryOptions, release: () => Promise<void>) {
    this.path = path;
    this.#config = config;
    this.#release = release;
    this.#keep = checkKeep(options.keep ?? 3);
    this.#csv = options.csv ?? false;
    this.#events = options.tensorboard ? new EventLog(join(path, 'tensorboard')) : undefined;
  }

  /** The configuration that is in force. */
  get config(): JsonObject {
    return this.#config;
  }

  /** Replaces the configuration, as when a run is resumed with more steps. */
  async writeConfig(config: JsonObject): Promise<void> {
    await writeRunConfig(this.path, config);
    this.#config = config;
  }

  /** Adds a line to `metrics.jsonl`. Lines stay in the order of the calls, awaited or not. */
  async appendMetrics(record: MetricRecord): Promise<void> {
    checkStep(record.step);
    appendRecord(metricsPath(this.path), record);
    this.#events?.append(record);
  }

  /** Adds a line to `evaluations.jsonl`; in TensorBoard its tags start with `evaluation/`. */
  async appendEvaluation(record: MetricRecord): Promise<void> {
    checkStep(record.step);
    appendRecord(evaluationsPath(this.path), record);
    this.#events?.append(record, 'evaluation/');
  }

  /**
   * Writes `checkpoints/step-N.safetensors` and `step-N.json`, this with step, time, host, runtime and `details`. Then
   * removes the oldest beyond `keep`. Killed at any moment, it leaves the checkpoints before this one as they were.
   * @returns the path of the `.safetensors` file
   * @throws CheckpointError for a state that cannot be saved
   */
  async writeCheckpoint(step: number, state: State, details: JsonObject = {}): Promise<string> {
    checkStep(step);
    // First the logs: a run that resumes from this checkpoint does not write the lines before it again.
    await syncLog(metricsPath(this.path));
    await syncLog(evaluationsPath(this.path));
    const time = new Date().toISOString();
    const path = await writeCheckpoint(this.path, step, state, {
      step,
      time,
      host: hostname(),
      runtime: runtime(),
      ...details,
    });
    await keepNewest(this.path, this.#keep);
    await this.#writeCsv();
    return path;
  }

  /**
   * Forgets what came after a step, so that a run that goes on from there ends with the same files as one that was
   * never interrupted: later lines of the logs, a torn last line, later checkpoints.
   */
  async truncateAfter(step: number): Promise<void> {
    checkStep(step);
    await truncateLog(metricsPath(this.path), step);
    await truncateLog(evaluationsPath(this.path), step);
    await removeCheckpointsAfter(this.path, step);
    this.#events?.truncateAfter(step);
  }

  /** Lets another process write the directory. */
  async close(): Promise<void> {
    try {
      await this.#writeCsv();
    } finally {
      await this.#release();
    }
  }

  async #writeCsv(): Promise<void> {
    if (this.#csv)
      await writeFileAtomically(join(this.path, 'metrics.csv'), encodeCsv(await readMetrics(this.path)));
  }
}

const lockDirectory = (directory: string): Promise<() => Promise<void>> =>
  acquireLock(join(directory, 'run.lock'), `run directory ${directory}`);

/** Takes the lock, opens what it guards and gives it back if that fails. */
const withLock = async (directory: string, open: (release: () => Promise<void>) => Promise<RunDirectory>) => {
  const release = await lockDirectory(directory);
  try {
    return await open(release);
  } catch (error) {
    await release();
    throw error;
  }
};

/** Whether there is a run in a directory, or so much of one that another would be mixed with it. */
const holdsRun = async (directory: string): Promise<boolean> =>
  (await kindOf(configPath(directory))) !== 'missing' ||
  (await listCheckpoints(directory)).length > 0 ||
  (await readMetrics(directory)).length > 0;

/**
 * Begins a run in a directory that is new or holds none, and writes `config.json`.
 * @param config every value in force, versions, seed; `runFormat` is added
 * @throws FileError if it holds a run, is a file, is in use or cannot be written; ConfigurationError for an option
 */
export const createRunDirectory = async (
  directory: string,
  config: JsonObject,
  options: RunDirectoryOptions = {},
): Promise<RunDirectory> => {
  await makeDirectory(directory);
  return withLock(directory, async (release) => {
    const run = new RunDirectory(directory, config, options, release);
    if (await holdsRun(directory)) {
      throw new FileError(
        '@murmuration/core',
        `${directory} already holds a run; choose another directory, or resume it`,
      );
    }
    await makeDirectory(checkpointsPath(directory));
    await writeRunConfig(directory, config);
    beginLog(metricsPath(directory));
    beginLog(evaluationsPath(directory));
    return run;
  });
};

/** Removes what writers that were killed left beside the files they were writing. */
const removeTemporaries = async (directory: string): Promise<void> => {
  for (const name of await readdir(directory)) {
    if (isTemporaryName(name)) await rm(join(directory, name), { force: true });
  }
};

/**
 * Opens a run to go on with it: takes over the lock of a dead process, mends a torn last line of the logs.
 * To read a run, use `readRunConfig`, `readMetrics`, `readLatestCheckpoint`: they need no lock.
 * @throws FileError if it is no run directory, is in use or is damaged; ConfigurationError for an option
 */
export const openRunDirectory = async (
  directory: string,
  options: RunDirectoryOptions = {},
): Promise<RunDirectory> => {
  // Before the lock, which would otherwise be what fails in a directory that is missing or is a file.
  await readRunConfig(directory);
  return withLock(directory, async (release) => {
    const run = new RunDirectory(directory, await readRunConfig(directory), options, release);
    await makeDirectory(checkpointsPath(directory));
    try {
      await removeTemporaries(directory);
      await removeTemporaries(checkpointsPath(directory));
      if (existsSync(piecesDirectoryOf(directory))) await removeTemporaries(piecesDirectoryOf(directory));
      await removeUnfinished(directory);
    } catch (error) {
      throw fileError('tidy', directory, error);
    }
    await truncateLog(metricsPath(directory), Number.POSITIVE_INFINITY);
    await truncateLog(evaluationsPath(directory), Number.POSITIVE_INFINITY);
    return run;
  });
};
