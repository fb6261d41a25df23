import { type Settings, train } from '@murmuration/core';
import { findAlgorithm } from '../registry';
import { openWorld, type WorldReference } from '../world';
import type { Track } from './study';

/** One run of a study: everything that decides how it ends. Plain data, sent to a worker and kept with its result. */
export interface Run extends WorldReference {
  readonly algorithm: string;
  readonly settings: Settings;
  readonly seed: number;
  readonly steps: number;
  readonly evaluateEvery?: number;
  readonly episodes?: number;
  /** Beginnings of the names of metrics that training logs and that the run keeps. */
  readonly logged?: readonly string[];
  /** Names of counters that training logs and whose last values the run keeps. */
  readonly counted?: readonly string[];
}

/** What a worker tells of the run it was given. */
export type WorkerMessage =
  | { readonly kind: 'progress'; readonly step: number }
  | { readonly kind: 'finished'; readonly track: Track; readonly seconds: number }
  | { readonly kind: 'failed'; readonly line: string; readonly stack?: string };

/** Keeps the mean of the logarithm of every number that training logs under one of some names. */
const createLog = (prefixes: readonly string[]) => {
  const sums = new Map<string, { sum: number; count: number }>();
  return {
    add(metrics: Readonly<Record<string, number>>): void {
      for (const [name, value] of Object.entries(metrics)) {
        if (!(value > 0) || !prefixes.some((prefix) => name.startsWith(prefix))) continue;
        const { sum, count } = sums.get(name) ?? { sum: 0, count: 0 };
        sums.set(name, { sum: sum + Math.log(value), count: count + 1 });
      }
    },
    means: (): Record<string, number> =>
      Object.fromEntries([...sums].map(([name, { sum, count }]) => [name, sum / count])),
  };
};

/**
 * Do one run, telling of it as it goes. It keeps no checkpoints: a study that is interrupted begins unfinished runs
 * again.
 */
export const doRun = async (
  run: Run,
  progress: (step: number) => void,
): Promise<{ track: Track; seconds: number }> => {
  const began = performance.now();
  const steps: number[] = [];
  const metrics: Record<string, number[]> = {};
  const log = createLog(run.logged ?? []);
  const last: Record<string, number> = {};
  const { factory } = await openWorld(run);
  const options = {
    settings: run.settings,
    seed: run.seed,
    steps: run.steps,
    evaluateEvery: run.evaluateEvery,
    episodes: run.episodes,
    checkpointEvery: run.steps,
  };
  for await (const event of train(findAlgorithm(run.algorithm), factory, options)) {
    if (event.event === 'progress') progress(event.step);
    if (event.event === 'metrics') {
      log.add(event.metrics);
      for (const name of run.counted ?? []) last[name] = event.metrics[name] ?? last[name] ?? 0;
    }
    if (event.event !== 'evaluation') continue;
    steps.push(event.step);
    for (const [name, value] of Object.entries(event.metrics)) (metrics[name] ??= []).push(value);
  }
  const logged = run.logged ? { logged: log.means() } : {};
  const counted = run.counted ? { counted: last } : {};
  return { track: { steps, metrics, ...logged, ...counted }, seconds: (performance.now() - began) / 1000 };
};
