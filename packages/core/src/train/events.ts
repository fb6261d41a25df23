import type { Metrics } from '../learner';
import type { Checkpoint } from './checkpoint';

/** Told about twice a second, for people who watch; depends on the clock. */
export interface ProgressEvent {
  readonly event: 'progress';
  /** Environment steps so far, all copies counted. */
  readonly step: number;
  readonly steps: number;
  readonly stepsPerSecond: number;
  readonly secondsLeft: number;
}

/** Means of what updates and training episodes reported since the last such event; the same for equal runs. */
export interface MetricsEvent {
  readonly event: 'metrics';
  readonly step: number;
  readonly metrics: Metrics;
}

/** Greedy episodes. `metrics.return` and the world's own are means over episodes. */
export interface EvaluationEvent {
  readonly event: 'evaluation';
  readonly step: number;
  readonly metrics: Metrics;
  /** Return of each episode, the mean over agents. */
  readonly returns: readonly number[];
}

export interface CheckpointEvent {
  readonly event: 'checkpoint';
  readonly step: number;
  readonly checkpoint: Checkpoint;
}

export interface DoneEvent {
  readonly event: 'done';
  readonly step: number;
  /** Of the last evaluation. */
  readonly metrics: Metrics;
  /** Whether it was stopped before its last step. */
  readonly interrupted: boolean;
  /** The last one, which a checkpoint event has given as well. */
  readonly checkpoint: Checkpoint;
}

export type TrainingEvent = ProgressEvent | MetricsEvent | EvaluationEvent | CheckpointEvent | DoneEvent;
