import type { Experiment, Reference } from '@murmuration/core';
import { romaIqss as paper } from '../papers';
import { ablations } from './ablations';
import { type CellRequest, cell, paperAgents } from './cells';
import { robustness } from './robustness';

const figure = (low: number, high: number, words: string): Reference => ({
  low,
  high,
  source: `figure 3, read off by eye: ${words}`,
});

const flatCurve = 'flat';

/** The six methods, and where figure 3 ends for 3, 5 and 7 agents. */
const methods: readonly { label: string; algorithm: string; ends: readonly Reference[] }[] = [
  {
    label: 'ROMA-iQSS',
    algorithm: 'roma-iqss',
    ends: [
      figure(300, 300, '300 from 44k steps on, without variance'),
      figure(300, 300, '300 from 66k steps on'),
      figure(155, 186, 'about 186 from 92k steps on'),
    ],
  },
  {
    label: 'SMA-iQSS',
    algorithm: 'sma-iqss',
    ends: [
      figure(-220, 40, 'swings, about -70 in the mean'),
      figure(-40, 100, 'about 50'),
      figure(10, 15, flatCurve),
    ],
  },
  {
    label: 'ROMA-I2Q',
    algorithm: 'roma-i2q',
    ends: [figure(20, 25, flatCurve), figure(20, 28, flatCurve), figure(20, 26, flatCurve)],
  },
  {
    label: 'SMA-I2Q',
    algorithm: 'sma-i2q',
    ends: [figure(18, 22, flatCurve), figure(5, 12, flatCurve), figure(10, 15, flatCurve)],
  },
  {
    label: 'ROMA-indQ',
    algorithm: 'roma-iql',
    ends: [figure(20, 25, flatCurve), figure(20, 28, flatCurve), figure(20, 26, flatCurve)],
  },
  {
    label: 'SMA-indQ',
    algorithm: 'sma-iql',
    ends: [figure(18, 22, flatCurve), figure(5, 12, flatCurve), figure(10, 15, flatCurve)],
  },
];

const requests: readonly CellRequest[] = paperAgents.flatMap((agents, size) =>
  methods.map(({ label, algorithm, ends }) => ({
    agents,
    label,
    algorithm,
    settings: { preset: 'paper' },
    reference: ends[size],
  })),
);

/** Reported beside the six: what a sticky choice does without turns, and I2Q's other reading. */
const beside: readonly CellRequest[] = paperAgents.flatMap((agents) => [
  { agents, label: 'SMA-iQSS, κ = 5', algorithm: 'sma-iqss', settings: { preset: 'paper', kappa: 5 } },
  {
    agents,
    label: 'ROMA-I2Q, ideal',
    algorithm: 'roma-i2q',
    settings: { preset: 'paper', idealReward: true },
  },
]);

/** Figure 3 of the paper: six methods on 3, 5 and 7 agents; the greedy team's return over training. */
export const romaIqssExperiment: Experiment = {
  id: 'roma-iqss',
  name: 'ROMA-iQSS',
  paper,
  metric: 'return',
  metricMeaning: 'return of the greedy team',
  best: 300,
  finalEvaluations: 5,
  seeds: 15,
  cells: [...requests, ...beside].map(cell),
  quick: { seeds: 5, cells: requests.filter(({ agents }) => agents === 3).map(cell) },
  ablations: { ...ablations, ...robustness },
};
