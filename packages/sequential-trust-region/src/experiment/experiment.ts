import type { Check, Experiment, ExperimentCell, Settings } from '@murmuration/core';
import { randomFrom } from '@murmuration/core';
import { lowVariance as paper } from '../papers';
import { worstOf } from './games';
import { drawImprovement } from './processes';
import { foundAgain, simulateAll, simulated } from './simulation';

/** Agents of the comparison; the growth that the paper is about shows with their number. */
const teams = [5, 10, 20] as const;

const methods: readonly { label: string; algorithm: string }[] = [
  { label: 'HAPPO', algorithm: 'happo' },
  { label: 'clip-HAPPO', algorithm: 'clip-happo' },
  { label: 'HATRPO', algorithm: 'hatrpo' },
  { label: 'clip-HATRPO', algorithm: 'clip-hatrpo' },
];

/** Rollouts of 1600 steps: small batches, where variance matters most. */
const copies = 64;
const rollout = 25;

/** A hundred updates. */
const steps = 100 * copies * rollout;

const descent = { epochs: 5, minibatches: 1, learningRate: 5e-4 };

/** What the low-variance code sets on particle worlds, one value for the whole team; networks as for three agents. */
const settingsOf = (algorithm: string): Settings => ({
  ...{ rollout, discount: 0.99, lambda: 0.95, decay: 0 },
  policy: algorithm.includes('hatrpo') ? { limit: 0.005 } : { ...descent, clip: 0.2, entropy: 0.01 },
  critic: { ...descent, input: 'state' },
});

const cellOf = (agents: number, { label, algorithm }: (typeof methods)[number]): ExperimentCell => ({
  group: `${agents} agents`,
  agents,
  label,
  algorithm,
  settings: settingsOf(algorithm),
  environment: 'mpe/spread',
  environmentOptions: () => ({ agents, state: 'compact' }),
  steps,
  episodes: 32,
  evaluateEvery: steps / 10,
});

const digits = (value: number): string => value.toFixed(2);

/** The claims of the paper's theory that can be computed. */
export const checks: readonly Check[] = [
  {
    claim:
      'the variance of M Â grows with the position as exp(0.09 (m − 1)), that of min(1, M) Â falls from 1 to 0.32 (normal policies moved by 0.3 σ)',
    run() {
      const found = simulateAll(300_000);
      const parts = found.map(
        ({ product, bounded }, index) => `${simulated[index][0]}: ${digits(product)} and ${digits(bounded)}`,
      );
      return { found: `by position ${parts.join(', ')}`, holds: found.every(foundAgain) };
    },
  },
  {
    claim:
      'bias of the bound ≤ max|A| D_TV; of the centred surrogate ≤ 2 max|A| D_TV D_TV; E[(M̃A)²] ≤ E[A²]; Var(MA) ≤ max A² Π (1 + χ²)',
    run() {
      const shares = Object.values(worstOf(2000, randomFrom(0, 'games')));
      return {
        found: `largest shares of the bounds in 2000 random games ${shares.map(digits).join(', ')}`,
        holds: Math.max(...shares) <= 1,
      };
    },
  },
  {
    claim: 'J(π̄) ≥ J(π) + Σ [L̃ − (C + (n − 1) max|A| / (2 (1 − γ))) max D_KL], C = 4 γ max|A| / (1 − γ)²',
    run() {
      const random = randomFrom(0, 'processes');
      const worst = Math.max(...Array.from({ length: 300 }, () => drawImprovement(random)));
      return {
        found: `J(π) + Σ L̃ exceeds J(π̄) by at most ${worst.toPrecision(2)} of what is allowed, in 300 random processes`,
        holds: worst <= 1,
      };
    },
  },
];

const cells = teams.flatMap((agents) => methods.map((method) => cellOf(agents, method)));

/** The central claim of Le and Ta: what earlier updates do to the variance of later agents' advantages. */
export const lowVarianceExperiment: Experiment = {
  id: 'low-variance',
  name: 'Low variance trust regions',
  paper,
  metric: 'return',
  metricMeaning: 'return of the greedy team, mean over agents',
  finalEvaluations: 3,
  seeds: 3,
  cells,
  quick: { seeds: 2, cells: cells.filter(({ agents }) => agents === teams[0]) },
  ablations: {},
  trend: {
    name: 'Growth of the variance of weighted advantages',
    ordinalName: 'position in the update order',
    valueName: 'variance of the weighted advantage',
    series: [
      { label: 'M', prefix: 'variance.product.' },
      { label: 'min(1, M)', prefix: 'variance.bounded.' },
    ],
  },
  checks,
};
