import type { Algorithm } from '../algorithm';
import type { EnvironmentFactory, EnvironmentSpec } from '../environment';
import { ConfigurationError } from '../errors';
import type { Settings } from '../resolve';
import type { Checkpoint } from './checkpoint';

export interface TrainOptions {
  /** Environment steps in all, copies counted. @default what the algorithm recommends for this world */
  readonly steps?: number;
  /** Any integer; equal seeds give equal runs. @default 0 */
  readonly seed?: number;
  /** The algorithm's options, and `preset`. */
  readonly settings?: Settings;
  /** Copies of the world that step together. @default what the preset or the algorithm recommends */
  readonly copies?: number;
  /** Steps between evaluations. @default a twentieth of all steps */
  readonly evaluateEvery?: number;
  /** Greedy episodes of each evaluation. @default 10 */
  readonly episodes?: number;
  /** The world that evaluations are played in, where it is not the one of training. */
  readonly evaluationEnvironment?: EnvironmentFactory;
  /** Steps between checkpoints. @default a tenth of all steps */
  readonly checkpointEvery?: number;
  /** Stops after the current step; a last checkpoint is still given. */
  readonly signal?: AbortSignal;
  /** Go on from here. The algorithm, the world, the configuration, the seed and the copies must be the same. */
  readonly resume?: Checkpoint;
}

/** What a run does and when, every default filled in. */
export interface Plan {
  readonly steps: number;
  readonly seed: number;
  readonly copies: number;
  readonly evaluateEvery: number;
  readonly episodes: number;
  readonly checkpointEvery: number;
  readonly metricsEvery: number;
}

const positive = (name: string, value: number): number => {
  if (Number.isInteger(value) && value > 0) return value;
  throw new ConfigurationError('@murmuration/core', `${name} is ${value}; give a positive integer`);
};

/** Fill in what is not set. @throws ConfigurationError where a number is not a positive integer. */
export const planOf = (algorithm: Algorithm, spec: EnvironmentSpec, options: TrainOptions): Plan => {
  const defaults = algorithm.defaults(spec);
  const preset = algorithm.presets[options.settings?.preset ?? ''];
  const steps = positive('steps', options.steps ?? defaults.steps);
  const seed = options.seed ?? 0;
  if (!Number.isSafeInteger(seed)) {
    throw new ConfigurationError('@murmuration/core', `seed is ${seed}; give an integer`);
  }
  return {
    steps,
    seed,
    copies: positive('copies', options.copies ?? preset?.copies ?? defaults.copies),
    evaluateEvery: positive('evaluateEvery', options.evaluateEvery ?? Math.ceil(steps / 20)),
    episodes: positive('episodes', options.episodes ?? 10),
    checkpointEvery: positive('checkpointEvery', options.checkpointEvery ?? Math.ceil(steps / 10)),
    metricsEvery: Math.ceil(steps / 100),
  };
};

/**
 * Why a run cannot be shared among so many data-parallel workers, to stand after `workers is 3, but `; nothing if it can.
 */
export const workersObjection = (
  algorithm: Algorithm,
  spec: EnvironmentSpec,
  { copies }: Pick<Plan, 'copies'>,
  workers: number,
): string | undefined => {
  if (workers === 1) return undefined;
  if (!algorithm.dataParallel) return `${algorithm.id} learns in one worker only; leave it out`;
  if (spec.nonStationary) return `${spec.id} changes over training, which takes one worker; leave it out`;
  if (copies % workers === 0) return undefined;
  return `copies is ${copies}, which they cannot share equally; give copies that are a multiple of ${workers}`;
};
