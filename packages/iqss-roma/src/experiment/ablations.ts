import type { Ablation, Settings } from '@murmuration/core';
import { type CellRequest, cellsFor, paperAgents } from './cells';

type Request = Omit<CellRequest, 'agents'>;

const roma = (label: string, settings: Settings = {}): Request => ({
  label: `ROMA-iQSS, ${label}`,
  algorithm: 'roma-iqss',
  settings,
});

const sma = (label: string, settings: Settings = {}): Request => ({
  label: `SMA-iQSS, ${label}`,
  algorithm: 'sma-iqss',
  settings,
});

const overAgents = (meaning: string, requests: readonly Request[]): Ablation => ({
  meaning,
  seeds: 15,
  cells: cellsFor(paperAgents, requests),
});

const paperTurn = 13_000;
const thousands = (steps: number): string => `${steps / 1000}k`;

/** What each part is worth, and how far its numbers matter. */
export const ablations: Readonly<Record<string, Ablation>> = {
  learners: overAgents('Is it the schedule or the learner? Every learner under both, and the upper bounds.', [
    ...['iqss', 'i2q', 'iql', 'hysteretic'].flatMap((learner) =>
      ['roma', 'sma'].map((kind) => ({ label: `${kind}-${learner}`, algorithm: `${kind}-${learner}` })),
    ),
    { label: 'ma2ql', algorithm: 'ma2ql' },
    { label: 'central-q', algorithm: 'central-q' },
    { label: 'central-qss', algorithm: 'central-qss' },
  ]),
  kappa: overAgents('How much must a choice stick?', [
    ...[0, 1, 5, 10].map((kappa) => roma(`κ = ${kappa}`, { kappa })),
    ...[0, 1, 5, 10].map((kappa) => sma(`κ = ${kappa}`, { kappa })),
  ]),
  turn: overAgents(
    'How long must a turn be? The memory is as long as the turn.',
    [2000, 5000, paperTurn, 30_000].map((turn) =>
      roma(`turns of ${thousands(turn)}`, { schedule: { turn } }),
    ),
  ),
  epsilon: overAgents(
    'How much must agents explore?',
    [0.2, 0.5, 0.8, 1].map((epsilon) => roma(`ε = ${epsilon}`, { schedule: { epsilon } })),
  ),
  window: overAgents('How soon must an agent forget what its seniors no longer allow?', [
    roma('remembers 1 turn'),
    roma('remembers 2 turns', { window: 2 * paperTurn }),
    roma('remembers all', { window: 'unlimited' }),
    roma('remembers all, δ = auto', { window: 'unlimited', delta: 'auto' }),
  ]),
  'tie-break': overAgents('How much of the gain is only that equal actions are told apart alike?', [
    roma('sticky'),
    roma('random among equals', { tieBreak: 'random-action' }),
    roma('random among equals, κ = 0', { kappa: 0, tieBreak: 'random-action' }),
    sma('sticky', { kappa: 5 }),
    sma('lowest among equals, κ = 0'),
    sma('random among equals, κ = 0', { tieBreak: 'random-action' }),
    sma('lowest state within κ', { kappa: 5, tieBreak: 'lowest-successor' }),
  ]),
  order: overAgents('Does it matter that seniority stays the same?', [
    roma('fixed order'),
    roma('random order each round', { schedule: { order: 'random' } }),
  ]),
  'ideal-reward': overAgents(
    'Which reward does I2Q learn from: the one received, or the ideal successor’s?',
    ['roma', 'sma'].flatMap((kind) =>
      [false, true].map((idealReward) => ({
        label: `${kind.toUpperCase()}-I2Q, ${idealReward ? 'ideal' : 'received'} reward`,
        algorithm: `${kind}-i2q`,
        settings: { idealReward },
      })),
    ),
  ),
};
