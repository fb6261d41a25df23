import { type EnvironmentFamily, parseConfiguration } from '@murmuration/core';
import type { z } from 'zod';
import type { Rules } from './battle';
import { optionsSchema, type SmaxOptionsInput } from './options';
import { type CustomScenario, scenarioNames, scenarioOf } from './scenarios';
import { createWorld, type SmaxEnvironment } from './world';

/** What {@link smax} takes: a scenario, the number of copies, and any of the options. */
export interface SmaxInput extends SmaxOptionsInput {
  /** A name such as `3m`, or units of one's own. */
  readonly scenario: string | CustomScenario;
  /** How many battles step together (default 1). */
  readonly copies?: number;
}

const rulesOf = (scenario: string | CustomScenario, options: SmaxOptionsInput): Rules => {
  const found = scenarioOf(scenario);
  const parsed = parseConfiguration(`@murmuration/envs smax/${found.name}`, optionsSchema, options);
  return { ...parsed, scenario: found };
};

/**
 * SMAX: two teams of StarCraft's units fight on an open map of 32 by 32, without StarCraft. The allies are agents, the
 * enemies scripted (or agents too, `selfPlay`).
 *
 * Source: JaxMARL (Rutherford and others, 2023; arXiv 2311.10090), its code of June 2026 (`compat: 'v1'`: as before).
 *
 * Dynamics: a step is 8 ticks of 1/16 s, in which each unit holds its action: a move, or shots at a target as soon as it
 * is in range and the weapon has cooled down. All units act at once. Touching the edge of the map kills.
 * Actions, discrete: 0 north, 1 east, 2 south, 3 west, 4 stop, 5 + k attack enemy k. Masks: see `Shown`.
 * Observation, `13 * (units - 1) + 10` numbers (`unit_list`) or 842 (`conic`): see `Shown`. Dead agents see zeros.
 * State, `12 * units` numbers: see `Shown`; here scaled to -1 to 1 unless `state` is `raw`.
 * Reward, shared by a team: health that the opponents lost, as the mean share of full health (so at most 1 an episode),
 * and 1 for victory. Both teams dead at once is a draw.
 * Terminated when a team is dead; truncated after `episodeLimit` steps (JaxMARL's learners take that for an end too).
 * Metrics: `winRate`, `lossRate`, `drawRate` (0 or 1 an episode; none where time ran out), `alliesAlive`, `enemiesAlive`.
 * @throws ConfigurationError for an impossible scenario, an option that does not exist, or a value out of range.
 */
export const smax = ({ scenario, copies = 1, ...options }: SmaxInput): SmaxEnvironment =>
  createWorld(rulesOf(scenario, options), copies);

export const smaxFamily: EnvironmentFamily<z.infer<typeof optionsSchema>> = {
  family: 'smax',
  summary: 'teams of StarCraft’s units fight on an open map against a scripted enemy, as in JaxMARL',
  package: '@murmuration/envs',
  variants: scenarioNames,
  variantMeaning: 'units of the team, such as 2s3z, and _vs_ those of the enemy where they differ',
  options: optionsSchema,
  create(variant, options = {}) {
    const rules = rulesOf(variant, options as SmaxOptionsInput);
    return ({ copies }) => createWorld(rules, copies);
  },
};
