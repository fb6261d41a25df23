import {
  DivergenceError,
  type Metrics,
  stateNumber,
  type TrainingEvent,
  type TrainOptions,
  train,
} from '@murmuration/core';
import { trainInWorkers } from '@murmuration/core/node';
import type { SubjectInput } from '../subject';
import { count, duration, metricsLine } from '../terminal/format';
import type { Terminal } from '../terminal/terminal';
import { versions } from '../versions';
import { saveOffendingBatch } from './offendingBatch';
import type { OpenedRun } from './openedRun';

export interface Recorded {
  readonly step: number;
  /** Of the last evaluation. */
  readonly metrics: Metrics;
  readonly interrupted: boolean;
  /** The last checkpoint; nothing where none was written because the run was at its end. */
  readonly checkpoint?: string;
}

/** How fast it goes, from where this process began. */
const paceFrom = (firstStep: number, steps: number) => {
  const began = performance.now();
  return (step: number): { stepsPerSecond: number; secondsLeft: number } => {
    const stepsPerSecond = ((step - firstStep) / (performance.now() - began)) * 1000;
    return { stepsPerSecond, secondsLeft: (steps - step) / stepsPerSecond };
  };
};

/** What happens in a run, in as many threads as it has workers. */
const eventsOf = (
  { plan, algorithm, world }: OpenedRun,
  options: TrainOptions,
): AsyncIterable<TrainingEvent> => {
  const { workers } = plan;
  if (workers === 1) return train(algorithm, world.factory, options);
  const { environment, options: worldOptions } = world;
  const input: SubjectInput = { algorithm: algorithm.id, environment, options: worldOptions };
  return trainInWorkers(new URL('./subject.js', import.meta.url), { ...options, workers, input });
};

/**
 * Train, and write what happens into the run's directory and onto the terminal.
 * @param signal stops it after the current step, with a last checkpoint.
 * @throws DivergenceError that names the file in which the offending batch was saved.
 */
export const recordTraining = async (
  run: OpenedRun,
  signal: AbortSignal,
  terminal: Terminal,
): Promise<Recorded> => {
  const { plan, world, directory, checkpoint } = run;
  const { seed, steps, copies, evaluateEvery, episodes, checkpointEvery } = plan;
  const timing = { seed, steps, copies, evaluateEvery, episodes, checkpointEvery };
  const options = { ...timing, settings: plan.configuration, signal, resume: checkpoint };
  const details = { environment: world.environment, versions: versions() };
  const pace = paceFrom(checkpoint ? stateNumber(checkpoint, 'step') : 0, steps);
  let last = '';
  const progress = (step: number, milestone: boolean): void => {
    const { stepsPerSecond, secondsLeft } = pace(step);
    terminal.event({ event: 'progress', step, steps, stepsPerSecond, secondsLeft });
    const share = Math.floor((100 * step) / steps);
    const speed = `${count(stepsPerSecond)} steps/s  ${duration(secondsLeft)} left`;
    terminal.progress(`${count(step)} of ${count(steps)} steps (${share} %)  ${speed}${last}`, milestone);
  };
  let path: string | undefined;
  let recorded: Recorded = { step: 0, metrics: {}, interrupted: false };
  try {
    for await (const event of eventsOf(run, options)) {
      switch (event.event) {
        case 'progress':
          progress(event.step, false);
          break;
        case 'metrics':
          await directory.appendMetrics({ step: event.step, ...event.metrics });
          break;
        case 'evaluation': {
          const { step, metrics, returns } = event;
          await directory.appendEvaluation({ step, ...metrics, returns });
          terminal.event({ event: 'evaluation', step, metrics });
          last = `  ${metricsLine(metrics)}`;
          progress(step, true);
          break;
        }
        case 'checkpoint':
          path = await directory.writeCheckpoint(event.step, event.checkpoint, details);
          terminal.event({ event: 'checkpoint', step: event.step, path });
          break;
        case 'done':
          recorded = { ...event, checkpoint: path };
      }
    }
    return recorded;
  } catch (error) {
    throw error instanceof DivergenceError ? await saveOffendingBatch(error, directory.path) : error;
  }
};
