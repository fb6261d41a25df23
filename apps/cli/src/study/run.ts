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
}

/** What a worker tells of the run it was given. */
export type WorkerMessage =
  | { readonly kind: 'progress'; readonly step: number }
  | { readonly kind: 'finished'; readonly track: Track; readonly seconds: number }
  | { readonly kind: 'failed'; readonly line: string; readonly stack?: string };

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
    if (event.event !== 'evaluation') continue;
    steps.push(event.step);
    for (const [name, value] of Object.entries(event.metrics)) (metrics[name] ??= []).push(value);
  }
  return { track: { steps, metrics }, seconds: (performance.now() - began) / 1000 };
};
