import type { Algorithm } from '../algorithm';
import type { EnvironmentFactory } from '../environment';
import { randomFrom } from '../random';
import type { State } from '../state';
import { createEnvironment } from '../vectorize';
import type { Crew } from './crew';
import { evaluate } from './evaluate';
import type { EvaluationEvent, ProgressEvent } from './events';
import type { Plan } from './plan';
import { Rehearsal } from './rehearsal';
import { Session } from './session';
import type { Sums } from './tally';

/** What one worker trains. */
export interface ShardRun {
  readonly algorithm: Algorithm;
  readonly environment: EnvironmentFactory;
  readonly evaluationEnvironment?: EnvironmentFactory;
  readonly configuration: object;
  /** Of the whole run; `copies` are those of all workers. */
  readonly plan: Plan;
  readonly crew: Crew;
  /** The worker's session to go on from. */
  readonly resume?: State;
}

/** What one worker has to tell. The first worker alone evaluates and tells of progress. */
export type ShardEvent =
  | ProgressEvent
  | EvaluationEvent
  | { readonly event: 'metrics'; readonly step: number; readonly sums: Sums }
  | { readonly event: 'checkpoint'; readonly step: number; readonly session: State }
  | { readonly event: 'done'; readonly step: number; readonly interrupted: boolean };

/** Let timers, signals and input in between; work goes on in long stretches without it. */
const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

const progressMilliseconds = 500;

/**
 * Train one worker's share of a run. What is told and when depends on the step alone (progress aside), so that all
 * workers of a run tell of the same things in the same order.
 */
export async function* trainShard(run: ShardRun): AsyncGenerator<ShardEvent, void, void> {
  const { algorithm, environment, configuration, plan, crew } = run;
  const { seed, copies, steps } = plan;
  const { rank, workers } = crew.shard;
  const opened: { dispose?(): void }[] = [];
  const open = <Part extends { dispose?(): void }>(part: Part): Part => {
    opened.unshift(part);
    return part;
  };
  try {
    const own = open(createEnvironment(environment, copies / workers));
    const { spec } = own;
    const learner = open(
      await algorithm.create(spec, configuration, randomFrom(seed, 'learner'), crew.shard),
    );
    const rehearsal = open(new Rehearsal(environment, seed));
    const session = new Session(learner, own, rehearsal, crew);
    const evaluationCopies = spec.nonStationary ? copies : Math.min(plan.episodes, copies);
    const evaluation =
      rank === 0
        ? open(createEnvironment(run.evaluationEnvironment ?? environment, evaluationCopies))
        : undefined;
    if (run.resume) await session.restore(run.resume);
    else session.reset(randomFrom(seed, 'environment'));

    const began = performance.now();
    const firstStep = session.step;
    let told = began;
    let interrupted = false;
    while (session.step < steps && !interrupted) {
      const before = session.step;
      const advancing = session.advance();
      if (advancing) await advancing;
      const now = session.step;
      const passed = (every: number): boolean => Math.floor(now / every) > Math.floor(before / every);
      const last = now >= steps;
      interrupted = !last && !crew.goesOn(now);
      if (passed(plan.metricsEvery) || last)
        yield { event: 'metrics', step: now, sums: session.tally.take() };
      if (evaluation && (passed(plan.evaluateEvery) || last)) {
        if (spec.nonStationary) evaluation.restore(own.save());
        const random = randomFrom(seed, 'evaluation', now);
        const found = await evaluate(learner.policy, evaluation, { episodes: plan.episodes, random });
        yield { event: 'evaluation', step: now, ...found };
      }
      if (passed(plan.checkpointEvery) || last || interrupted)
        yield { event: 'checkpoint', step: now, session: await session.save() };
      const time = performance.now();
      if (rank === 0 && time - told > progressMilliseconds && !interrupted) {
        told = time;
        const stepsPerSecond = ((now - firstStep) / (time - began)) * 1000;
        const secondsLeft = (steps - now) / stepsPerSecond;
        yield { event: 'progress', step: now, steps, stepsPerSecond, secondsLeft };
        await breathe();
      }
    }
    yield { event: 'done', step: session.step, interrupted };
  } finally {
    for (const part of opened) part.dispose?.();
  }
}
