import {
  type Algorithm,
  alone,
  type Defaults,
  type EnvironmentSpec,
  type Paper,
  type Preset,
  type Random,
} from '@murmuration/core';
import type { ZodType } from 'zod';
import type { Actor } from './actor';
import {
  type A2poConfiguration,
  a2poSchema,
  type CoppoConfiguration,
  coppoSchema,
  type SequentialConfiguration,
  type SimultaneousConfiguration,
  sequentialSchema,
  simultaneousSchema,
  type TrustRegionConfiguration,
  trustRegionSchema,
} from './config';
import { createTeamLearner } from './learner';
import * as papers from './papers';
import { a2poPresets } from './presets/a2po';
import { jaxmarl, yu } from './presets/mappo';
import * as tables from './presets/tables';
import { presetsOf } from './presets/tuned';
import { createSeparateTeam } from './separateTeam';
import type { Team, TeamConfiguration } from './team';
import { createTrunkTeam } from './trunkTeam';
import { agentwise } from './update/agentwise';
import { epochwise } from './update/epochwise';
import { happo as happoRule } from './update/happo';
import { hatrpo as hatrpoRule } from './update/hatrpo';
import { interleaved } from './update/interleaved';
import type { Rule } from './update/rule';
import { simultaneous } from './update/simultaneous';
import {
  a2poDefaults,
  capabilities,
  refuseBlocks,
  refuseMixedActions,
  refuseRivals,
  refuseTeam,
  refuseTrunk,
  sequentialDefaults,
  simultaneousDefaults,
  trustRegionDefaults,
} from './worlds';

interface Description<Configuration extends TeamConfiguration> {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  readonly paper: Paper;
  readonly configuration: ZodType<Configuration>;
  readonly presets?: Readonly<Record<string, Preset>>;
  /** How categorical policies are compared, where the rule compares them. */
  readonly divergence?: (configuration: Configuration) => 'exact' | 'unweighted';
  refuse?(spec: EnvironmentSpec, configuration: Configuration): string | undefined;
  defaults(spec: EnvironmentSpec): Defaults;
  rule(spec: EnvironmentSpec, actors: readonly Actor[], configuration: Configuration, length: number): Rule;
  /** Networks that do not learn by the rule; undefined where they do. */
  trunkTeam?(spec: EnvironmentSpec, configuration: Configuration, random: Random): Team | undefined;
}

const teamAlgorithm = <Configuration extends TeamConfiguration>(
  description: Description<Configuration>,
): Algorithm<Configuration> => ({
  id: description.id,
  name: description.name,
  summary: description.summary,
  package: papers.packageName,
  paper: description.paper,
  capabilities,
  configuration: description.configuration,
  presets: description.presets ?? {},
  defaults: description.defaults,
  refuse: (spec, configuration) =>
    description.refuse?.(spec, configuration) ?? refuseTeam(spec, configuration),
  dataParallel: true,
  create: (spec, configuration, random, shard = alone) =>
    createTeamLearner({
      spec,
      configuration,
      random,
      shard,
      createTeam: () =>
        description.trunkTeam?.(spec, configuration, random) ??
        createSeparateTeam({
          spec,
          configuration,
          divergence: description.divergence?.(configuration) ?? 'exact',
          random,
          rule: (actors, length) => description.rule(spec, actors, configuration, length),
        }),
    }),
});

const simultaneously = (
  description: Pick<Description<SimultaneousConfiguration>, 'id' | 'name' | 'summary' | 'paper' | 'presets'>,
  input: 'state' | 'observation',
): Algorithm<SimultaneousConfiguration> =>
  teamAlgorithm<SimultaneousConfiguration>({
    ...description,
    configuration: simultaneousSchema(input),
    defaults: (spec) => simultaneousDefaults(spec, input === 'state'),
    refuse: (_spec, configuration) => refuseTrunk(configuration),
    rule: (spec, actors, configuration, length) => simultaneous(spec, actors, { ...configuration, length }),
    trunkTeam: (spec, configuration, random) =>
      configuration.network.shareTrunk ? createTrunkTeam(spec, configuration, random) : undefined,
  });

export const ippo = simultaneously(
  {
    id: 'ippo',
    name: 'IPPO',
    summary: 'Proximal policy optimisation for each agent by itself; critics see what agents see.',
    paper: papers.ippo,
    presets: { ...yu, jaxmarl: jaxmarl(0.05, 0.01, 4e-3, 'observation') },
  },
  'observation',
);

export const mappo = simultaneously(
  {
    id: 'mappo',
    name: 'MAPPO',
    summary: 'Proximal policy optimisation with a critic that sees the global state.',
    paper: papers.mappo,
    presets: { ...yu, jaxmarl: jaxmarl(0.2, 0, 2e-3, 'agent-state') },
  },
  'state',
);

const inTurn = (
  description: Pick<Description<SequentialConfiguration>, 'id' | 'name' | 'summary' | 'paper' | 'presets'>,
  factor: 'product' | 'bounded',
): Algorithm<SequentialConfiguration> =>
  teamAlgorithm<SequentialConfiguration>({
    ...description,
    configuration: sequentialSchema(factor),
    defaults: sequentialDefaults,
    refuse: refuseRivals,
    rule: (spec, actors, configuration, length) =>
      actors.length === spec.agents.length
        ? happoRule(spec, actors, { ...configuration, length })
        : interleaved(spec, actors, { ...configuration, length }),
  });

export const happo = inTurn(
  {
    id: 'happo',
    name: 'HAPPO',
    summary: 'Agents improve one after the other, each knowing how those before it have changed.',
    paper: papers.happo,
    presets: { ...presetsOf('harl', tables.harlHappo), ...presetsOf('lv', tables.happoTen) },
  },
  'product',
);

export const clipHappo = inTurn(
  {
    id: 'clip-happo',
    name: 'clip-HAPPO',
    summary: 'HAPPO whose advantages cannot be blown up by earlier updates: the low-variance clip.',
    paper: papers.lowVariance,
    presets: presetsOf('lv', [...tables.clipHappo, ...tables.clipHappoTen]),
  },
  'bounded',
);

const byTrustRegion = (
  description: Pick<Description<TrustRegionConfiguration>, 'id' | 'name' | 'summary' | 'paper' | 'presets'>,
  factor: 'product' | 'bounded',
): Algorithm<TrustRegionConfiguration> =>
  teamAlgorithm<TrustRegionConfiguration>({
    ...description,
    configuration: trustRegionSchema(factor),
    defaults: trustRegionDefaults,
    divergence: ({ policy }) => policy.divergence,
    refuse: (spec, configuration) => refuseRivals(spec, configuration) ?? refuseMixedActions(spec),
    rule: (spec, actors, configuration, length) => hatrpoRule(spec, actors, { ...configuration, length }),
  });

export const hatrpo = byTrustRegion(
  {
    id: 'hatrpo',
    name: 'HATRPO',
    summary: 'HAPPO with trust region steps: natural gradients and a line search.',
    paper: papers.happo,
    presets: presetsOf('harl', tables.harlHatrpo),
  },
  'product',
);

export const clipHatrpo = byTrustRegion(
  {
    id: 'clip-hatrpo',
    name: 'clip-HATRPO',
    summary: 'HATRPO whose advantages cannot be blown up by earlier updates: the low-variance clip.',
    paper: papers.lowVariance,
    presets: presetsOf('lv', tables.clipHatrpo),
  },
  'bounded',
);

export const a2po = teamAlgorithm<A2poConfiguration>({
  id: 'a2po',
  name: 'A2PO',
  summary: 'Agents improve one after the other, each with advantages corrected for those before it.',
  paper: papers.a2po,
  presets: a2poPresets,
  configuration: a2poSchema,
  defaults: a2poDefaults,
  refuse: (spec, configuration) => refuseRivals(spec, configuration) ?? refuseBlocks(spec, configuration),
  rule(spec, actors, configuration, length) {
    const trace = configuration.trace.correct ? configuration.trace : undefined;
    const update = actors.length === spec.agents.length ? agentwise : epochwise;
    return update(spec, actors, { ...configuration, trace, length });
  },
});

export const coppo = teamAlgorithm<CoppoConfiguration>({
  id: 'coppo',
  name: 'CoPPO',
  summary: 'All agents improve at once, each allowing for how the others move.',
  paper: papers.coppo,
  configuration: coppoSchema,
  defaults: sequentialDefaults,
  refuse: refuseRivals,
  rule: (spec, actors, configuration, length) =>
    epochwise(spec, actors, {
      ...configuration,
      order: 'fixed',
      scores: 'normalised',
      adaptiveClip: false,
      trace: undefined,
      blocks: 1,
      length,
    }),
});
