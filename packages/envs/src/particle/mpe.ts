import type { EnvironmentFamily } from '@murmuration/core';
import type { z } from 'zod';
import { optionsSchema, type ParticleOptionsInput, type TaskName, taskNames } from './options';
import { rulesOf } from './rules';
import { createWorld, type ParticleEnvironment } from './world';

/** What {@link mpe} takes: a task, the number of copies, and any of the options that the task has. */
export interface ParticleInput extends ParticleOptionsInput {
  readonly task: TaskName;
  /** How many worlds step together (default 1). */
  readonly copies?: number;
}

/**
 * Multi-agent particle environments: round bodies on an endless plane.
 *
 * Source: Lowe and others, 2017 (MADDPG), as PettingZoo 1.25.0 has them (`pettingzoo/mpe`), in double precision;
 * `rules: 'jaxmarl'` is JaxMARL's variant. With several prey JaxMARL's rewards and observations have faults that are not
 * repeated here.
 *
 * Dynamics: a step is 0.1 s; bodies move by their old velocity, then lose a quarter of it and are pushed by their own
 * thrust and by whom they touch. See `createAdvance`; deterministic.
 * Actions: see `actionSpaceOf`. Movements, discrete: 0 nothing, 1 left, 2 right, 3 down, 4 up. Every action can always be taken.
 * Observations and rewards: see the task's function, such as `spread`. State: see `joinObservations`, or `writeCompact`.
 * Never terminates; truncated after `episodeLimit` steps (JaxMARL's learners take that for an end).
 * Metrics: spread `collisions`, pairs that touch, over all steps, and `occupiedLandmarks`, with an agent nearer than 0.1 at
 * the end; reference and speaker-listener `distanceToGoal` at the end, the mean of those who have a goal; tag `touches` of
 * adversary and prey over all steps, `adversaryReturn` of each adversary and `preyReturn`, the mean over prey; adversary
 * `adversaryReturn` and `teamReturn`, of each agent of the team.
 * @throws ConfigurationError for a task or an option that does not exist, or a value out of range.
 */
export const mpe = ({ task, copies = 1, ...options }: ParticleInput): ParticleEnvironment =>
  createWorld(rulesOf(task, options), copies);

export const mpeFamily: EnvironmentFamily<z.infer<typeof optionsSchema>> = {
  family: 'mpe',
  summary: 'round bodies on a plane cover landmarks, talk, chase and deceive, as in PettingZoo or JaxMARL',
  package: '@murmuration/envs',
  variants: taskNames,
  variantMeaning: 'the task',
  options: optionsSchema,
  create(variant, options = {}) {
    const rules = rulesOf(variant, options);
    return ({ copies }) => createWorld(rules, copies);
  },
};
