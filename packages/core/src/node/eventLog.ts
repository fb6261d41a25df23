import { appendFileSync, mkdirSync, readdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type MetricRecord, scalarsOf } from '../files/metrics/record';
import { eventFileName, restartEvent, scalarEvent, versionEvent } from '../files/metrics/tensorboard';
import { fileError } from './files';

const now = (): number => Date.now() / 1000;

/** Writes TensorBoard event files into a directory: a new file for each process and each time a run is resumed. */
export class EventLog {
  readonly #directory: string;
  #path: string | undefined;
  /** The step after which what earlier files hold no longer counts. */
  #restart: number | undefined;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** What was written for steps after this one no longer counts. */
  truncateAfter(step: number): void {
    this.#path = undefined;
    this.#restart = step;
  }

  /** @param prefix goes before every tag, such as `evaluation/` */
  append(record: MetricRecord, prefix = ''): void {
    const { step } = record;
    const scalars = [...scalarsOf(record)]
      .filter(([name]) => name !== 'step')
      .map(([name, value]) => [`${prefix}${name}`, value] as const);
    try {
      this.#path ??= this.#begin();
      appendFileSync(this.#path, scalarEvent(now(), step, scalars));
    } catch (error) {
      throw fileError('write', this.#path ?? this.#directory, error);
    }
  }

  #begin(): string {
    mkdirSync(this.#directory, { recursive: true });
    // The count of files keeps names apart, and in order, within one second.
    const path = join(
      this.#directory,
      eventFileName(now(), hostname(), process.pid, readdirSync(this.#directory).length),
    );
    appendFileSync(path, versionEvent(now()));
    if (this.#restart !== undefined) appendFileSync(path, restartEvent(now(), this.#restart + 1));
    return path;
  }
}
