import { interquartileMeanOverTasks, meanOverTasks } from './aggregates.js';
import { type BootstrapOptions, bootstrapIntervals } from './bootstrap.js';

/** One evaluation of one run: `value` after `step` environment steps. */
export type Point = { step: number; value: number };

/** One run's evaluations, steps strictly increasing. */
export type CurveRun = readonly Point[];

/** The runs of one algorithm on one task. */
export type Curve = readonly CurveRun[];

/** Runs on common steps: `steps` `[step]`, `values` `[run][step]`. */
export type AlignedCurve = { steps: number[]; values: number[][] };

/** A statistic of the runs at every step, with its interval; all lists `[step]`. */
export type LearningCurve = {
  steps: readonly number[];
  value: readonly number[];
  low: readonly number[];
  high: readonly number[];
  /** Number of runs (of the task that has fewest). */
  seeds: number;
};

export type LearningCurveOptions = BootstrapOptions & {
  /** Default `mean`; `interquartileMean` is hardly moved by a single run that failed. */
  statistic?: 'mean' | 'interquartileMean';
};

/**
 * Puts runs on common steps. The rule for ragged runs: the steps are all those at which any run was evaluated,
 * from the latest first evaluation to the earliest last one, so that every point counts every run (a run
 * that died early ends the curve; it does not silently leave the mean). Between its own evaluations a run
 * is interpolated linearly; runs evaluated at the same steps are left exactly as they are.
 */
export const align = (curve: Curve): AlignedCurve => {
  check(curve);
  const first = Math.max(...curve.map((run) => run[0].step));
  const last = Math.min(...curve.map((run) => run[run.length - 1].step));
  const all = new Set(curve.flatMap((run) => run.map((point) => point.step)));
  const steps = [...all].filter((step) => step >= first && step <= last).sort((a, b) => a - b);
  if (steps.length === 0) {
    throw new RangeError(
      `@murmuration/eval: align: a run starts at step ${first}, after another has ended at ${last}; leave one of them out`,
    );
  }
  return { steps, values: curve.map((run) => resample(run, steps)) };
};

/**
 * The curve of one algorithm: mean (or interquartile mean) over runs at every step, with a pointwise bootstrap
 * interval. A resample draws whole runs, the same at every step: the band at a step is as wide as if each step
 * had been drawn apart, but it does not jitter.
 */
export const learningCurve = (curve: Curve, options: LearningCurveOptions): LearningCurve =>
  learningCurveOverTasks([curve], options);

/**
 * One curve over several tasks: the statistic over all their runs, runs drawn within each task. Values must be
 * on one scale (see {@link normalise}); tasks are aligned to each other by the rule of {@link align}.
 */
export const learningCurveOverTasks = (
  tasks: readonly Curve[],
  { statistic = 'mean', ...bootstrap }: LearningCurveOptions,
): LearningCurve => {
  const { steps, values } = align(tasks.flat());
  let taken = 0;
  const runs = tasks.map((task) => values.slice(taken, (taken += task.length)));
  const centre = statistic === 'mean' ? meanOverTasks : interquartileMeanOverTasks;
  // One list for all steps and resamples: this runs thousands of times, and allocating is most of its cost.
  const scores = runs.map((task) => task.map(() => 0));
  const atEveryStep = (drawn: number[][][]): number[] =>
    steps.map((_, step) => {
      for (let task = 0; task < drawn.length; task++) {
        for (let run = 0; run < drawn[task].length; run++) scores[task][run] = drawn[task][run][step];
      }
      return centre(scores);
    });
  const intervals = bootstrapIntervals(runs, atEveryStep, bootstrap);
  return {
    steps,
    value: intervals.map((interval) => interval.value),
    low: intervals.map((interval) => interval.low),
    high: intervals.map((interval) => interval.high),
    seeds: Math.min(...tasks.map((task) => task.length)),
  };
};

/**
 * Area under one run (trapezoids) divided by the steps it spans: the run's average value, in the metric's unit.
 * Of a single evaluation it is that value.
 */
export const areaUnderCurve = (run: CurveRun): number => {
  check([run]);
  if (run.length === 1) return run[0].value;
  let area = 0;
  for (let index = 1; index < run.length; index++) {
    area += ((run[index - 1].value + run[index].value) / 2) * (run[index].step - run[index - 1].step);
  }
  return area / (run[run.length - 1].step - run[0].step);
};

/** First step from which every evaluation of the run is at least `threshold`; undefined if it never lasts. */
export const stepReached = (run: CurveRun, threshold: number): number | undefined => {
  const lastBelow = run.findLastIndex((point) => !(point.value >= threshold));
  return run[lastBelow + 1]?.step;
};

const resample = (run: CurveRun, steps: readonly number[]): number[] => {
  let right = 0;
  return steps.map((step) => {
    while (run[right].step < step) right++;
    if (run[right].step === step) return run[right].value;
    const { step: start, value } = run[right - 1];
    return value + ((step - start) / (run[right].step - start)) * (run[right].value - value);
  });
};

const check = (curve: Curve): void => {
  if (curve.length === 0) {
    throw new RangeError('@murmuration/eval: curve: there are no runs; give at least one');
  }
  curve.forEach((run, index) => {
    if (run.length === 0) {
      throw new RangeError(`@murmuration/eval: curve: run ${index} has no evaluations; leave it out`);
    }
    run.forEach(({ step, value }, at) => {
      if (!Number.isFinite(step) || !Number.isFinite(value)) {
        throw new RangeError(
          `@murmuration/eval: curve: run ${index}, evaluation ${at} has step ${step} and value ${value}; both must be finite numbers`,
        );
      }
      if (at > 0 && step <= run[at - 1].step) {
        throw new RangeError(
          `@murmuration/eval: curve: run ${index} goes from step ${run[at - 1].step} to ${step}; sort its evaluations and keep one a step`,
        );
      }
    });
  });
};
