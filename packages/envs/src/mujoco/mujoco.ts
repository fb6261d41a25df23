import type { EnvironmentFamily, VectorEnvironment } from '@murmuration/core';
import { loadMujoco } from './engine';
import { type MujocoOptions, type MujocoOptionsInput, optionsSchema } from './options';
import { rulesOf, variants } from './rules';
import { createWorld } from './world';

/** What {@link mujoco} takes: a body with its partition, the number of copies, and any of the options. */
export interface MujocoInput extends MujocoOptionsInput {
  /** For example `halfcheetah-2x3`: agents by joints of each. */
  readonly variant: string;
  /** How many simulations step in turn (default 1). */
  readonly copies?: number;
}

/**
 * Multi-Agent MuJoCo: the joints of a body are divided among agents, who see their own and near ones and share a reward.
 * Needs the optional package `@mujoco/mujoco`; await {@link loadMujoco} first, and `dispose` the world when it is done.
 *
 * Source: Gymnasium's MuJoCo worlds (v5, v4; Gym's v2), divided as in Gymnasium-Robotics (MaMuJoCo v1) or in
 * multiagent_mujoco (Peng and others, 2021; FACMAC).
 *
 * Dynamics, rewards, ends: see the body's function, such as `halfCheetah`; deterministic but for the start.
 * Actions: box of as many numbers as the agent has joints, within ±1 (Humanoid ±0.4); those outside cost as they are.
 * Observation: see `observationOf`, or `observation`. State: what a single agent would see.
 * Metric: `distance` that the body came along x, m; Reacher `distanceToTarget`.
 * @throws ConfigurationError for a body, a partition or an option that does not exist, a value out of range, options that
 *   do not go together, or where the engine is not loaded.
 */
export const mujoco = ({ variant, copies = 1, ...options }: MujocoInput): VectorEnvironment =>
  createWorld(rulesOf(variant, options), copies);

export const mujocoFamily: EnvironmentFamily<MujocoOptions> = {
  family: 'mujoco',
  summary: 'the joints of a body are divided among agents who walk, run, swim or reach together, in MuJoCo',
  package: '@murmuration/envs',
  variants,
  variantMeaning: 'the body and how its joints are divided, agents by joints of each',
  options: optionsSchema,
  load: loadMujoco,
  create(variant, options = {}) {
    const rules = rulesOf(variant, options);
    return ({ copies }) => createWorld(rules, copies);
  },
};
