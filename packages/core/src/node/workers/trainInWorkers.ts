import { ConfigurationError } from '../../errors';
import { resolveConfiguration } from '../../resolve';
import { stateNumber } from '../../state';
import type { TrainingEvent } from '../../train/events';
import { checkSameRun, identityOf } from '../../train/identity';
import { planOf, type TrainOptions, workersObjection } from '../../train/plan';
import { createTeller, sessionOf } from '../../train/teller';
import { train } from '../../train/train';
import { specOf } from '../../vectorize';
import { close, createGate } from './gate';
import { loadSubject } from './subject';
import { createSumMemory } from './sums';
import { startThreads } from './threads';

export interface WorkersOptions extends Omit<TrainOptions, 'evaluationEnvironment'> {
  /** Threads that share the run, the copies of the world divided among them in equal parts. */
  readonly workers: number;
  /** What the module is given in every thread: plain data. */
  readonly input?: unknown;
  /** Where the workers' program is, for bundlers that move it: `dist/node/worker.js` of this package. */
  readonly program?: URL;
}

/**
 * `train` in several threads, each of which steps and learns from its share of the copies; whatever is summed over a
 * batch is summed over all of them, in shared memory and always in the same order.
 *
 * One worker and several learn the same up to rounding; equal options, the number of workers among them, give equal
 * events to the bit, `progress` aside. The first worker evaluates while the others wait. Events arrive while training
 * goes on, so that what a listener stops has gone on for a moment. Resuming takes the same number of workers.
 *
 * A diverged run throws the error with the part of the batch that one of the workers had.
 * @param module an ES module whose default export is a {@link SubjectFactory}: every thread imports it
 * @throws what `train` throws; ConfigurationError where the algorithm or the copies do not go with so many workers.
 */
export async function* trainInWorkers(
  module: URL,
  options: WorkersOptions,
): AsyncGenerator<TrainingEvent, void, void> {
  const { workers, input, program, settings, resume, signal } = options;
  if (!Number.isInteger(workers) || workers < 1) {
    throw new ConfigurationError('@murmuration/core', `workers is ${workers}; give a positive integer`);
  }
  const { algorithm, environment, evaluationEnvironment } = await loadSubject(module.href, input);
  if (workers === 1) {
    yield* train(algorithm, environment, { ...options, evaluationEnvironment });
    return;
  }
  const spec = specOf(environment);
  const plan = planOf(algorithm, spec, options);
  const configuration = resolveConfiguration(algorithm, spec, settings);
  const objection = workersObjection(algorithm, spec, plan, workers);
  if (objection) {
    throw new ConfigurationError('@murmuration/core', `workers is ${workers}, but ${objection}`);
  }
  const identity = identityOf(algorithm, spec, configuration, plan, workers);
  if (resume) checkSameRun(resume, identity);

  const steps = resume ? stateNumber(resume, 'step') : 0;
  const gate = createGate(Math.round(steps / plan.copies) + 1);
  const memory = createSumMemory(workers);
  const inputs = Array.from({ length: workers }, (_, rank) => ({
    ...{ module: module.href, input, rank, workers, plan, configuration, memory, gate },
    resume: resume && sessionOf(resume, rank),
  }));
  const stop = (): void => close(gate);
  signal?.addEventListener('abort', stop);
  if (signal?.aborted) stop();
  const threads = startThreads(program ?? new URL('./worker.js', import.meta.url), inputs);
  try {
    const tell = createTeller(identity, resume);
    for (let over = false; !over; ) {
      const told = [await threads.next(0)];
      const [{ event }] = told;
      if (event !== 'progress' && event !== 'evaluation') {
        for (let rank = 1; rank < workers; rank++) told.push(await threads.next(rank));
      }
      over = event === 'done';
      yield tell(told);
    }
  } finally {
    signal?.removeEventListener('abort', stop);
    await threads.stop();
  }
}
