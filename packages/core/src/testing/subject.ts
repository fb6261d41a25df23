import type { Algorithm } from '../algorithm';
import type { EnvironmentFactory } from '../environment';
import type { Settings } from '../resolve';
import type { Checkpoint } from '../train/checkpoint';
import type { TrainOptions } from '../train/plan';
import { train } from '../train/train';

/** A learner to be tested: how it is made, and a run that is short but long enough to learn. */
export interface LearnerSubject {
  readonly algorithm: Algorithm;
  readonly environment: EnvironmentFactory;
  readonly settings?: Settings;
  /** Environment steps of half a run (N); at least one update must happen in each half. */
  readonly steps: number;
  readonly copies?: number;
}

/** Train a subject and give the last checkpoint. */
export const trainSubject = async (
  { algorithm, environment, settings, copies }: LearnerSubject,
  options: TrainOptions,
): Promise<Checkpoint> => {
  let last: Checkpoint | undefined;
  for await (const event of train(algorithm, environment, { settings, copies, seed: 1, ...options })) {
    if (event.event === 'checkpoint') last = event.checkpoint;
  }
  if (!last) throw new Error('the training gave no checkpoint');
  return last;
};

/** The plan of a whole run of 2N steps, evaluations and checkpoints where they matter. */
export const wholeRun = ({ steps }: LearnerSubject): TrainOptions => ({
  steps: 2 * steps,
  evaluateEvery: steps,
  episodes: 2,
  checkpointEvery: steps,
});
