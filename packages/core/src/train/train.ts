import type { Algorithm } from '../algorithm';
import type { EnvironmentFactory, EnvironmentSpec } from '../environment';
import { CheckpointError, ConfigurationError } from '../errors';
import type { Metrics } from '../learner';
import { randomFrom } from '../random';
import { resolveConfiguration, type Settings } from '../resolve';
import { isState, type State, type StateValue, stateNumber, stateTree } from '../state';
import { createEnvironment } from '../vectorize';
import { asState, type Checkpoint, provenanceOf } from './checkpoint';
import { evaluate } from './evaluate';
import type { TrainingEvent } from './events';
import { Rehearsal } from './rehearsal';
import { Session } from './session';

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

const difference = (name: string, before: StateValue, now: StateValue): string | undefined => {
  if (isState(before) && isState(now)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(now)])) {
      const found = difference(name ? `${name}.${key}` : key, before[key], now[key]);
      if (found) return found;
    }
    return undefined;
  }
  const [then, today] = [JSON.stringify(before), JSON.stringify(now)];
  return Object.is(before, now) || then === today ? undefined : `${name} was ${then} and is now ${today}`;
};

/** @throws CheckpointError naming the first difference between a checkpoint's run and the one that would continue it. */
const checkSameRun = (checkpoint: Checkpoint, now: State): void => {
  const { algorithm, configuration, spec, seed, copies } = provenanceOf(checkpoint);
  const before = asState({ algorithm, seed, copies, spec, configuration });
  const found = difference('', before, now);
  if (found) {
    throw new CheckpointError(
      '@murmuration/core',
      `the checkpoint is of another run: ${found}; resume with the same options`,
    );
  }
};

/** Let timers, signals and input in between; work goes on in long stretches without it. */
const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

const progressMilliseconds = 500;

/**
 * Train an algorithm on a world. Iterate over what happens; leaving the loop stops the training.
 *
 * Equal options give equal events, `progress` aside. How often one evaluates or checkpoints never changes what is
 * learned, and a run that is resumed from a checkpoint ends like one that was never stopped, to the bit.
 * @throws ConfigurationError, EnvironmentError before the first step; DivergenceError where a loss is not finite;
 *   CheckpointError where `resume` is damaged or of another run.
 */
export async function* train<Configuration extends object>(
  algorithm: Algorithm<Configuration>,
  environment: EnvironmentFactory,
  options: TrainOptions = {},
): AsyncGenerator<TrainingEvent, void, void> {
  const { spec } = createEnvironment(environment, 1);
  const plan = planOf(algorithm as Algorithm, spec, options);
  const configuration = resolveConfiguration(algorithm, spec, options.settings);
  const { seed, copies, steps } = plan;
  const identity = asState({ algorithm: algorithm.id, seed, copies, spec, configuration });
  if (options.resume) checkSameRun(options.resume, identity);

  const learner = await algorithm.create(spec, configuration, randomFrom(seed, 'learner'));
  const rehearsal = new Rehearsal(environment, seed);
  const session = new Session(learner, createEnvironment(environment, copies), rehearsal);
  const evaluationCopies = spec.nonStationary ? copies : Math.min(plan.episodes, copies);
  const evaluation = createEnvironment(options.evaluationEnvironment ?? environment, evaluationCopies);
  let latest: Metrics = {};
  try {
    if (options.resume) {
      await session.restore(stateTree(options.resume, 'session'));
      const kept = stateTree(options.resume, 'latest');
      latest = Object.fromEntries(Object.keys(kept).map((name) => [name, stateNumber(kept, name)]));
    } else session.reset(randomFrom(seed, 'environment'));

    const snapshot = async (): Promise<Checkpoint> => ({
      ...identity,
      step: session.step,
      latest,
      session: await session.save(),
    });
    const evaluated = async (): Promise<TrainingEvent> => {
      if (spec.nonStationary) evaluation.restore(session.environment.save());
      const random = randomFrom(seed, 'evaluation', session.step);
      const { metrics, returns } = await evaluate(learner.policy, evaluation, {
        episodes: plan.episodes,
        random,
      });
      latest = metrics;
      return { event: 'evaluation', step: session.step, metrics, returns };
    };

    const began = performance.now();
    const firstStep = session.step;
    let told = began;
    let interrupted = false;
    let checkpoint = options.resume;
    while (session.step < steps) {
      const before = session.step;
      const advancing = session.advance();
      if (advancing) await advancing;
      const now = session.step;
      const passed = (every: number): boolean => Math.floor(now / every) > Math.floor(before / every);
      const last = now >= steps;
      interrupted = options.signal?.aborted === true && !last;
      if (passed(plan.metricsEvery) || last)
        yield { event: 'metrics', step: now, metrics: session.tally.take() };
      if (passed(plan.evaluateEvery) || last) yield await evaluated();
      if (passed(plan.checkpointEvery) || last || interrupted) {
        checkpoint = await snapshot();
        yield { event: 'checkpoint', step: now, checkpoint };
      }
      if (interrupted) break;
      const time = performance.now();
      if (time - told > progressMilliseconds) {
        told = time;
        const stepsPerSecond = ((now - firstStep) / (time - began)) * 1000;
        yield {
          event: 'progress',
          step: now,
          steps,
          stepsPerSecond,
          secondsLeft: (steps - now) / stepsPerSecond,
        };
        await breathe();
      }
    }
    checkpoint ??= await snapshot();
    yield { event: 'done', step: session.step, metrics: latest, interrupted, checkpoint };
  } finally {
    learner.dispose();
    session.environment.dispose?.();
    evaluation.dispose?.();
    rehearsal.dispose();
  }
}
