import type { Ablation, Settings } from '@murmuration/core';
import { type CellRequest, cell, cellsFor } from './cells';

/** Questions beyond the paper: more agents, and worlds and messages that are not perfect. */

const few = [3, 5];
const paperTurn = 13_000;

const roma = (label: string, settings: Settings = {}, request: Partial<CellRequest> = {}) => ({
  ...request,
  label: `ROMA-iQSS, ${label}`,
  algorithm: 'roma-iqss',
  settings,
});

const sma = (label: string, settings: Settings = {}, request: Partial<CellRequest> = {}) => ({
  ...request,
  label: `SMA-iQSS, ${label}`,
  algorithm: 'sma-iqss',
  settings,
});

/** Finding a joint strategy by chance takes (A / ε)ⁿ visits of its stage, 59,049 for 10 agents and 3 actions. */
const manyAgents: Ablation = {
  meaning:
    'Ten agents: chance alone finds a joint strategy once in 59,049 visits, so turns are long and ε is 1.',
  seeds: 5,
  cells: cellsFor(
    [10],
    [
      roma('ε = 1, turns of 200k', { schedule: { turn: 200_000, epsilon: 1 } }, { steps: 2_400_000 }),
      roma('ε = 0.8, turns of 200k', { schedule: { turn: 200_000 } }, { steps: 2_400_000 }),
      sma('κ = 5', { kappa: 5, schedule: { turn: 200_000, epsilon: 1 } }, { steps: 2_400_000 }),
    ],
  ),
};

const partialCredit: Ablation = {
  meaning: 'Ordinary outcomes pay for agents that agree: do hints help to find the optima?',
  seeds: 5,
  cells: cellsFor(
    [3, 7, 10],
    (['roma-iqss', 'sma-iqss', 'roma-iql', 'sma-iql'] as const).flatMap((algorithm) =>
      [false, true].map((hints) => ({
        label: `${algorithm}, ${hints ? 'hints' : 'no hints'}`,
        algorithm,
        task: { partialCredit: hints },
      })),
    ),
  ),
};

const clock: Ablation = {
  meaning: 'Agents hear of turns late, or never: how good must the clock be?',
  seeds: 15,
  cells: cellsFor(few, [
    ...[0, 0.05, 0.25, 1].map((share) =>
      roma(`lag to ${100 * share} % of a turn`, {
        schedule: { clock: { lag: Math.round(share * paperTurn) } },
      }),
    ),
    ...[0.1, 0.3].map((loss) => roma(`${100 * loss} % of turns unheard`, { schedule: { clock: { loss } } })),
  ]),
};

const delay: Ablation = {
  meaning: 'Observations arrive late, in learning and in acting.',
  seeds: 15,
  cells: cellsFor(few, [
    ...[0, 1, 2].map((steps) => roma(`${steps} steps late`, { schedule: { observationDelay: steps } })),
    ...[0, 1, 2].map((steps) =>
      sma(`${steps} steps late`, { kappa: 5, schedule: { observationDelay: steps } }),
    ),
  ]),
};

const careful = { delta: 'auto', minimumVisits: 3 };

const noise: Ablation = {
  meaning: 'Outcomes are mistaken for others, or rewards are noisy: which countermeasures help?',
  seeds: 15,
  cells: cellsFor(few, [
    ...[0.01, 0.05].flatMap((state) => [
      roma(`${100 * state} % mistaken`, {}, { task: { noise: { state } } }),
      roma(`${100 * state} % mistaken, δ and 3 visits`, careful, { task: { noise: { state } } }),
      sma(`${100 * state} % mistaken`, { kappa: 5 }, { task: { noise: { state } } }),
    ]),
    ...[
      roma('rewards ± 20'),
      roma('rewards ± 20, mean', { averaging: 'running-mean' }),
      roma('rewards ± 20, mean, doubt, κ = 20', { averaging: 'running-mean', doubt: 20, kappa: 20 }),
    ].map((request) => ({ ...request, task: { noise: { reward: 20 } }, episodes: 10 })),
  ]),
};

const drift = (kind: 'hard' | 'soft') => ({
  task: { drift: { kind, period: 60_000 } },
  steps: 240_000,
});

const nonStationary: Ablation = {
  meaning: 'Every 60,000 steps the optima change (hard), or the better one does (soft: 100 and 60 in turn).',
  seeds: 15,
  cells: (['hard', 'soft'] as const).flatMap((kind) =>
    [
      roma(`${kind}`, {}, drift(kind)),
      roma(`${kind}, κ = 0`, { kappa: 0 }, drift(kind)),
      roma(`${kind}, remembers all`, { window: 'unlimited' }, drift(kind)),
      sma(`${kind}, κ = 5`, { kappa: 5 }, drift(kind)),
      { label: `ROMA-indQ, ${kind}`, algorithm: 'roma-iql', ...drift(kind) },
    ].map((request) => cell({ ...request, agents: 3 })),
  ),
};

const adversary: Ablation = {
  meaning:
    'The first agent plays at random: while the team is evaluated, or in training when it should lead.',
  seeds: 15,
  cells: cellsFor(few, [
    roma('no adversary'),
    ...(['evaluation', 'senior'] as const).map((during) =>
      roma(`adversary in ${during === 'senior' ? 'training, as a senior' : 'evaluation'}`, {
        schedule: { adversary: { agent: 0, during } },
      }),
    ),
  ]).map((each) => ({ ...each, episodes: 20 })),
};

export const robustness: Readonly<Record<string, Ablation>> = {
  'agents-10': manyAgents,
  'partial-credit': partialCredit,
  clock,
  delay,
  noise,
  'non-stationary': nonStationary,
  adversary,
};
