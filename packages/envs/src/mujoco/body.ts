import type { Random } from '@murmuration/core';
import type { Category, Graph } from './graph';
import type { Field, Reading, Values } from './reading';
import type { Look } from './scene';
import type { Extra } from './simulation';

/** What a step came to. */
export interface Judgement {
  reward: number;
  /** Whether the body can go on; where not, the episode has terminated. */
  healthy: boolean;
}

/** A body with its task, as one agent would control it. */
export interface Body {
  /** MJCF, the engine's language for models. */
  readonly model: string;
  /** Engine steps for each step of the environment. */
  readonly frameSkip: number;
  /** Seconds of an engine step. */
  readonly timestep: number;
  readonly episodeLimit: number;
  readonly actuators: number;
  /** Controls lie within ± this. */
  readonly controlLimit: number;
  /** Fields that rewards depend on. */
  readonly sources: readonly Exclude<Field, 'extra'>[];
  readonly extra: Extra;
  /** Whether contact forces count, which the engine calculates on demand. */
  readonly contactForces: boolean;
  /** What a single agent would see, and the global state. */
  readonly observation: readonly Reading[];
  readonly graph: Graph;
  /** What an agent sees at each distance where nothing else is asked for; the last holds for all that follow. */
  readonly localCategories: readonly (readonly Category[])[];
  /** From where it is drawn. */
  readonly look: Look;
  /** Half the width and the height of a drawing, m. */
  readonly reach: readonly [across: number, up: number];
  /** Add the noise of a start to the initial positions and velocities. */
  perturb(random: Random, qpos: Float64Array, qvel: Float64Array): void;
  /**
   * @param before values before the step, `after` those that follow it.
   * @param control as it was given, not clipped.
   */
  judge(before: Values, after: Values, control: Float64Array): Judgement;
  readonly metric: {
    readonly name: string;
    /** @param start the number of {@link track} at the start of the episode. */
    measure(start: number, values: Values): number;
    track(values: Values): number;
  };
}

/** For bodies that derive nothing. */
export const noExtra: Extra = { width: 0, measure: () => {} };

/** Σ a², the cost of a control. */
export const effort = (control: Float64Array, from = 0, to = control.length): number => {
  let sum = 0;
  for (let index = from; index < to; index++) sum += control[index] * control[index];
  return sum;
};

/** Add uniform noise in ± scale to every number. */
export const addUniform = (random: Random, values: Float64Array, scale: number): void => {
  for (let index = 0; index < values.length; index++) {
    values[index] += scale * (2 * random.uniform() - 1);
  }
};

/** Add normal noise to every number. */
export const addNormal = (random: Random, values: Float64Array, scale: number): void => {
  for (let index = 0; index < values.length; index++) values[index] += scale * random.normal();
};

/** How far a body came along x, as a metric. @param positionOf where it is */
export const distanceAlong = (positionOf: (values: Values) => number): Body['metric'] => ({
  name: 'distance',
  track: positionOf,
  measure: (start, values) => positionOf(values) - start,
});
