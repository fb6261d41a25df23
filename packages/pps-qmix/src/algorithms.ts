import type { Algorithm, EnvironmentSpec, Paper } from '@murmuration/core';
import { type ValueConfiguration, valueSchema } from './config';
import { mostActions } from './episode';
import type { MixerName } from './learner';
import * as papers from './papers';
import { presets } from './presets';

interface Method {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  readonly paper: Paper;
  readonly mixer: MixerName;
  /** What differs from the schema's defaults. */
  readonly values?: Readonly<Record<string, unknown>>;
}

/** Steps of a default run on SMAX, over which the learning rate falls. */
const smaxSteps = 1_000_000;

const common = { optimiser: 'adam', lambda: 0.6, bufferEpisodes: 2000, rewardScale: 1 };

const onSmax = {
  ...common,
  learningRate: 1e-3,
  decay: smaxSteps,
  episodesPerUpdate: 4,
  targetEvery: 20,
  exploration: { steps: 50_000 },
};

const elsewhere = {
  ...common,
  learningRate: 5e-4,
  episodesPerUpdate: 8,
  targetEvery: 25,
  exploration: { steps: 30_000 },
};

/** Reasonable anywhere; tuned on SMAX. */
const defaultsOf = ({ id }: EnvironmentSpec, values: Readonly<Record<string, unknown>> = {}) => {
  const smax = id.startsWith('smax/');
  return {
    steps: smax ? smaxSteps : 100_000,
    copies: 8,
    values: { ...(smax ? onSmax : elsewhere), ...values },
  };
};

const method = ({ id, name, summary, paper, mixer, values }: Method): Algorithm<ValueConfiguration> => ({
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
  configuration: valueSchema,
  presets,
  defaults: (spec) => defaultsOf(spec, values),
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

const sharing = (id: string, name: string, rule: string, what: string): Algorithm<ValueConfiguration> =>
  method({
    id,
    name,
    summary: `QMIX with a network for each agent; every K updates ${what}.`,
    paper: papers.ppsQmix,
    mixer: 'qmix',
    values: { shareParameters: false, aggregation: { rule } },
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
