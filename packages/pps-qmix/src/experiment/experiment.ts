import type { Ablation, Experiment, ExperimentCell } from '@murmuration/core';
import { ppsQmix as paper } from '../papers';

interface Request {
  readonly label: string;
  readonly algorithm: string;
  readonly settings?: Readonly<Record<string, unknown>>;
}

interface Place {
  readonly environment: string;
  readonly agents: number;
  readonly steps: number;
}

const apart = { shareParameters: false };

/** K is counted in episodes here, one an update in the released code; on SMAX ours has four, elsewhere eight. */
const updatesIn = (episodes: number, environment: string): number =>
  Math.round(episodes / (environment.startsWith('smax/') ? 4 : 8));

const cellIn =
  ({ environment, agents, steps }: Place) =>
  ({ label, algorithm, settings = {} }: Request): ExperimentCell => {
    const rest = (settings.aggregation ?? {}) as object;
    const aggregation = { aggregation: { every: updatesIn(300, environment), ...rest } };
    const all = {
      ...(environment.startsWith('smax/') ? { decay: steps } : {}),
      ...settings,
      ...(algorithm.includes('pps') ? aggregation : {}),
    };
    return {
      group: environment.slice(environment.indexOf('/') + 1),
      agents,
      label,
      algorithm,
      settings: all,
      environment,
      environmentOptions: () => ({}),
      steps,
      episodes: 32,
      evaluateEvery: Math.ceil(steps / 20),
    };
  };

const sharing: readonly Request[] = [
  { label: 'A-PPS', algorithm: 'a-pps-qmix' },
  { label: 'RS-PPS', algorithm: 'rs-pps-qmix' },
  { label: 'PP-PPS, paper', algorithm: 'pp-pps-qmix' },
];
const releasedCode: Request = {
  label: 'PP-PPS, code',
  algorithm: 'pp-pps-qmix',
  settings: { aggregation: { rule: 'PP-code' } },
};

const baselines: readonly Request[] = [
  { label: 'QMIX, independent', algorithm: 'qmix', settings: apart },
  { label: 'QMIX, shared', algorithm: 'qmix' },
  { label: 'VDN, independent', algorithm: 'vdn', settings: apart },
  { label: 'VDN, shared', algorithm: 'vdn' },
  { label: 'IQL, independent', algorithm: 'iql', settings: apart },
  { label: 'IQL, shared', algorithm: 'iql' },
];

const methods = [...sharing, ...baselines, releasedCode];
const few = methods.filter(({ label }) => ['A-PPS', 'QMIX, independent', 'QMIX, shared'].includes(label));

const small: Place = { environment: 'smax/3m', agents: 3, steps: 100_000 };

const ablations: Readonly<Record<string, Ablation>> = {
  '3s5z': {
    meaning: 'Whether what holds on 2s3z holds with eight agents.',
    seeds: 3,
    cells: [...few, sharing[1]].map(cellIn({ environment: 'smax/3s5z', agents: 8, steps: 300_000 })),
  },
  period: {
    meaning: 'How often agents should take their mean: K in episodes.',
    seeds: 3,
    cells: [
      ...[50, 100, 300, 1000].map((every) =>
        cellIn(small)({
          label: `K = ${every}`,
          algorithm: 'a-pps-qmix',
          settings: { aggregation: { every: updatesIn(every, small.environment) } },
        }),
      ),
      cellIn(small)({ label: 'never', algorithm: 'qmix', settings: apart }),
    ],
  },
  coordination: {
    meaning: 'Whether sharing helps outside SMAX, where agents need not do alike.',
    measure: { metric: 'success', metricMeaning: 'share of stages that end in an optimum', best: 1 },
    seeds: 5,
    cells: methods.slice(0, 5).map(cellIn({ environment: 'coordination/3', agents: 3, steps: 20_000 })),
  },
  temperature: {
    meaning:
      'How sharply RS-PPS prefers what earns more: SMAC pays 20 an episode, SMAX 2, so that 0.1 here is the released code’s 1 there.',
    seeds: 3,
    cells: [1, 0.1].map((temperature) =>
      cellIn(small)({
        label: `temperature ${temperature}`,
        algorithm: 'rs-pps-qmix',
        settings: { aggregation: { temperature } },
      }),
    ),
  },
  cost: {
    meaning: 'What weighing networks by return costs, in steps that training does not count and in time.',
    costs: [{ metric: 'aggregationSteps', meaning: 'steps played to weigh networks' }],
    seeds: 3,
    cells: sharing.slice(0, 2).map(cellIn(small)),
  },
};

/** The paper’s comparison on SMAX: win rate of the greedy team over training. */
export const ppsQmixExperiment: Experiment = {
  id: 'pps-qmix',
  name: 'PPS-QMIX',
  paper,
  metric: 'winRate',
  metricMeaning: 'win rate of the greedy team',
  best: 1,
  finalEvaluations: 3,
  seeds: 3,
  cells: methods.map(cellIn({ environment: 'smax/2s3z', agents: 5, steps: 500_000 })),
  quick: { seeds: 2, cells: few.map(cellIn({ ...small, steps: 50_000 })) },
  ablations,
};
