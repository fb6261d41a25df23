import type { Algorithm, Capabilities, EnvironmentSpec, Learner, Paper, Random } from '@murmuration/core';
import type { ZodType } from 'zod';
import type { ScheduleConfiguration } from './config';
import { type Kind, scheduleOptionsOf, type TeamContext } from './learner';
import type { TimeLimit } from './tabular/transition';
import { capabilities, defaultsFor, packageName, paperValues, refuseTables } from './worlds';

interface ScheduledConfiguration {
  readonly learner: 'tabular' | 'deep';
  readonly timeLimit: TimeLimit;
  readonly schedule: ScheduleConfiguration & { readonly othersEpsilon?: number };
}

/** What tells one learner under a schedule from another. */
export interface Method<Configuration extends ScheduledConfiguration> {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  readonly kind: Kind;
  readonly paper: Paper;
  readonly configuration: ZodType<Configuration>;
  /** κ in the paper's task. */
  readonly kappa: number;
  /** What differs from other methods in what worlds it learns. */
  readonly capabilities?: Partial<Capabilities>;
  tabular(team: TeamContext, configuration: Configuration): Learner;
  deep(team: TeamContext, configuration: Configuration): Promise<Learner>;
  /** Why networks cannot learn a world; nothing if they can. */
  refuseDeep?(spec: EnvironmentSpec): string | undefined;
}

/** A learner and a schedule as an algorithm. */
export const scheduled = <Configuration extends ScheduledConfiguration>(
  method: Method<Configuration>,
): Algorithm<Configuration> => ({
  id: method.id,
  name: method.name,
  summary: method.summary,
  package: packageName,
  paper: method.paper,
  capabilities: { ...capabilities, ...method.capabilities },
  configuration: method.configuration,
  presets: {
    paper: {
      meaning: 'the values of the ROMA-iQSS paper’s coordination task, whatever the world',
      values: { ...paperValues, kappa: method.kappa },
    },
  },
  defaults: (spec) => defaultsFor(spec, method.kappa > 0),
  refuse: (spec: EnvironmentSpec, { learner, schedule }: Configuration) => {
    const { agent, during } = schedule.adversary;
    if (during !== 'never' && agent >= spec.agents.length)
      return `schedule.adversary.agent is ${agent}, its agents are 0 to ${spec.agents.length - 1}`;
    return learner === 'tabular' ? refuseTables(spec) : method.refuseDeep?.(spec);
  },
  create: (spec: EnvironmentSpec, configuration: Configuration, random: Random) => {
    const { schedule } = configuration;
    const options = scheduleOptionsOf(method.kind, schedule, schedule.othersEpsilon);
    const team = { spec, options, random };
    return configuration.learner === 'deep'
      ? method.deep(team, configuration)
      : method.tabular(team, configuration);
  },
});
