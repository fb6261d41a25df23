import type { Algorithm, Checkpoint } from '@murmuration/core';
import type { RunDirectory } from '@murmuration/core/node';
import type { World } from '../world';
import type { RunPlan } from './runPlan';

/** A run that is ready to go: begun, or opened again. */
export interface OpenedRun {
  readonly plan: RunPlan;
  readonly algorithm: Algorithm;
  readonly world: World;
  readonly directory: RunDirectory;
  /** Where it goes on. */
  readonly checkpoint?: Checkpoint;
}

/** What `train` was asked for; what is undefined was not given. */
export interface TrainRequest {
  readonly algorithm?: string;
  readonly environment?: string;
  readonly steps?: number;
  readonly seed?: number;
  readonly set?: readonly string[];
  readonly config?: string;
  readonly workers?: number;
  readonly copies?: number;
  readonly evaluateEvery?: number;
  readonly episodes?: number;
  readonly checkpointEvery?: number;
  readonly output?: string;
  readonly resume?: string;
}
