import type { Algorithm, Defaults, EnvironmentSpec, Paper } from '@murmuration/core';
import { type AggregationRule, schemaFor, type ValueConfiguration } from './config';
import { mostActions } from './episode';
import type { MixerName } from './learner';
import { episodesThatFit } from './memory';
import * as papers from './papers';
import { presets } from './presets';

interface Method {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  readonly paper: Paper;
  readonly mixer: MixerName;
  /** By which agents with networks of their own share weights; without it they share one network. */
  readonly rule?: AggregationRule;
}

/** Steps of a default run on SMAX, over which the learning rate falls. */
const smaxSteps = 1_000_000;

/** Tuned on SMAX; the schema's defaults are reasonable anywhere. */
const onSmax = {
  learningRate: 1e-3,
  decay: smaxSteps,
  episodesPerUpdate: 4,
  targetEvery: 20,
  exploration: { steps: 50_000 },
};

/** SMAX pays at most 2 an episode, SMAC 20: too little beside the values that networks start with. A mixer finds a scale. */
const onSmaxUnmixed = { ...onSmax, rewardScale: 10 };

const defaultsOf = (spec: EnvironmentSpec, mixer: MixerName): Defaults => {
  const smax = spec.id.startsWith('smax/');
  const tuned = mixer === 'qmix' ? onSmax : onSmaxUnmixed;
  const values = { ...(smax && tuned), bufferEpisodes: episodesThatFit(spec) };
  return { steps: smax ? smaxSteps : 100_000, copies: 8, values };
};

const method = ({
  id,
  name,
  summary,
  paper,
  mixer,
  rule = 'none',
}: Method): Algorithm<ValueConfiguration> => ({
  id,
  name,
  summary,
  package: '@murmuration/pps-qmix',
  paper,
  capabilities: {
    observations: ['discrete', 'box'],
    actions: ['discrete'],
    individualRewards: mixer === 'none',
    differentAgents: true,
    dyingAgents: true,
  },
  configuration: schemaFor(rule),
  presets,
  defaults: (spec) => defaultsOf(spec, mixer),
  refuse(spec, { shareParameters, aggregation, batchEpisodes, bufferEpisodes }) {
    const actions = Math.max(
      ...spec.agents.map(({ action }) => (action.kind === 'discrete' ? action.size : 0)),
    );
    if (actions > mostActions) return `an agent has ${actions} actions, it takes at most ${mostActions}`;
    if (shareParameters && aggregation.rule !== 'none')
      return `aggregation.rule is ${aggregation.rule}, but all agents share one network; set shareParameters=false`;
    if (batchEpisodes > bufferEpisodes)
      return `batchEpisodes is ${batchEpisodes}, more than the ${bufferEpisodes} of bufferEpisodes`;
    return undefined;
  },
  // Loaded only to learn, so that to list what there is needs no tensors.
  create: async (spec, configuration, random) => {
    const { createValueLearner } = await import('./learner');
    return createValueLearner(spec, configuration, random, mixer);
  },
});

export const qmix = method({
  id: 'qmix',
  name: 'QMIX',
  summary: 'Recurrent agents learn one value of the team, a mixture that rises with each agent’s.',
  paper: papers.qmix,
  mixer: 'qmix',
});

export const vdn = method({
  id: 'vdn',
  name: 'VDN',
  summary: 'Recurrent agents learn one value of the team, the sum of theirs.',
  paper: papers.vdn,
  mixer: 'vdn',
});

export const iql = method({
  id: 'iql',
  name: 'IQL',
  summary: 'Recurrent agents each learn a value of their own from the reward.',
  paper: papers.iql,
  mixer: 'none',
});

const sharing = (
  id: string,
  name: string,
  rule: AggregationRule,
  what: string,
): Algorithm<ValueConfiguration> =>
  method({
    id,
    name,
    summary: `QMIX with a network for each agent; every K updates ${what}.`,
    paper: papers.ppsQmix,
    mixer: 'qmix',
    rule,
  });

export const aPpsQmix = sharing(
  'a-pps-qmix',
  'A-PPS-QMIX',
  'A',
  'agents of a kind take the mean of their weights',
);
export const rsPpsQmix = sharing(
  'rs-pps-qmix',
  'RS-PPS-QMIX',
  'RS',
  'agents of a kind take their weights’ mean, weighted by what each earns',
);
export const ppPpsQmix = sharing(
  'pp-pps-qmix',
  'PP-PPS-QMIX',
  'PP-paper',
  'agents of a kind take the mean of a part of their weights',
);
