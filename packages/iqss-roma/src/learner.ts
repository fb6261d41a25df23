import type { EnvironmentSpec, Learner, Random } from '@murmuration/core';
import type { ScheduleConfiguration } from './config';
import { explorationFloor } from './loss';
import type { ScheduleOptions } from './schedule/options';
import { type ScheduledLearner, schedule } from './schedule/schedule';
import { type TabularRule, tabularLearner } from './tabular/rule';
import type { Membership } from './tabular/successors';
import { type Sizes, sizesOf, type TimeLimit } from './tabular/transition';

/** A schedule as an algorithm fixes it: what remains open is what people configure. */
export type Kind = ScheduleOptions['kind'];

/** What one agent's learner is made from. */
export interface AgentContext {
  readonly spec: EnvironmentSpec;
  readonly agent: number;
  readonly random: Random;
}

export const scheduleOptionsOf = (
  kind: Kind,
  configuration: ScheduleConfiguration,
  othersEpsilon?: number,
): ScheduleOptions => ({
  ...configuration,
  kind,
  seniorEpsilon: othersEpsilon ?? 0,
  juniorEpsilon: othersEpsilon ?? configuration.epsilon,
});

/** δ, the window and the least visits of one agent, the words `turn`, `unlimited` and `auto` replaced by numbers. */
export const membershipOf = (
  {
    window,
    delta,
    minimumVisits,
    doubt = 0,
  }: {
    readonly window: number | 'turn' | 'unlimited';
    readonly delta: number | 'auto';
    readonly minimumVisits: number;
    readonly doubt?: number;
  },
  { spec, agent }: Pick<AgentContext, 'spec' | 'agent'>,
  options: Pick<ScheduleOptions, 'kind' | 'turn' | 'epsilon'>,
): Membership => {
  // Under ROMA seniors do not explore while this agent collects.
  const exploring = spec.agents
    .map((_, other) => other)
    .filter((other) => (options.kind === 'sma' ? other !== agent : other > agent))
    .map((other) => sizesOf(spec, other).actions);
  return {
    window: window === 'turn' ? options.turn : window === 'unlimited' ? Number.POSITIVE_INFINITY : window,
    delta: delta === 'auto' ? explorationFloor(options.epsilon, exploring) : delta,
    minimumVisits,
    doubt,
  };
};

/** What a team is made from. */
export interface TeamContext {
  readonly spec: EnvironmentSpec;
  readonly options: ScheduleOptions;
  readonly random: Random;
}

/** A team with one learner for each agent, each with a random stream of its own. */
export const createTeam = (
  { spec, options, random }: TeamContext,
  create: (context: AgentContext) => ScheduledLearner,
): Learner =>
  schedule(
    spec.agents.map((_, agent) => create({ spec, agent, random: random.split() })),
    spec,
    options,
    random.split(),
  );

/** A team that learns by tables. */
export const createTabularTeam = (
  team: TeamContext,
  timeLimit: TimeLimit,
  create: (sizes: Sizes, context: AgentContext) => TabularRule,
): Learner =>
  createTeam(team, (context) =>
    tabularLearner(team.spec, context.agent, create(sizesOf(team.spec, context.agent), context), timeLimit),
  );
