import { createActions, createFrame, layoutOf, randomFrom } from '@murmuration/core';
import { describe, expect, test } from 'vitest';
import { mpe, type ParticleInput } from '../../src/particle/mpe';
import { cover, type Script, seek } from './scripts';

/** Mean return of each agent over one episode of each of 2000 copies, and its standard error. */
const play = (task: ParticleInput['task'], script?: Script): { mean: number; error: number }[] => {
  const copies = 2000;
  const world = mpe({ task, copies });
  const { agents } = layoutOf(world.spec);
  const frame = createFrame(world.spec, copies);
  const actions = createActions(world.spec, copies);
  const returns = new Float64Array(copies * agents);
  const random = randomFrom(5, 'statistics', task);
  world.reset(random.split(), frame);
  for (let step = 0; step < 25; step++) {
    world.spec.agents.forEach(({ action }, agent) => {
      const size = action.kind === 'discrete' ? action.size : 0;
      for (let row = agent; row < actions.length; row += agents) actions[row] = random.integer(size);
    });
    for (let copy = 0; copy < copies; copy++) script?.(world.particles, copy, actions, copy * agents);
    world.step(actions, frame);
    frame.rewards.forEach((reward, row) => {
      returns[row] += reward;
    });
  }
  return world.spec.agents.map((_, agent) => {
    const own = returns.filter((__, row) => row % agents === agent);
    const mean = own.reduce((sum, value) => sum + value, 0) / copies;
    const variance = own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / copies;
    return { mean, error: Math.sqrt(variance / copies) };
  });
};

/** Returns by agent: of the original rules (mean, standard error), and how far a script of ours may be from theirs. */
type Row = readonly [mean: number, error: number, script?: number];

/** Measured over 3000 episodes of the original rules: random agents, then a simple script, whose details we do not know. */
const table: readonly (readonly [string, ParticleInput['task'], Script | undefined, readonly Row[]])[] = [
  ['random agents', 'spread', undefined, new Array<Row>(3).fill([-26.72, 0.15])],
  ['a greedy team', 'spread', cover, new Array<Row>(3).fill([-8.3, 0.06, 0.3])],
  ['random agents', 'reference', undefined, new Array<Row>(2).fill([-28.2, 0.19])],
  [
    'agents that know',
    'reference',
    seek(({ goals }, copy, agent) => 2 + goals[2 * copy + agent]),
    new Array<Row>(2).fill([-8.15, 0.08, 0.3]),
  ],
  ['random agents', 'speaker-listener', undefined, new Array<Row>(2).fill([-40.6, 0.6])],
  [
    'a listener that knows',
    'speaker-listener',
    seek(({ goals }, copy, agent) => (agent === 1 ? 2 + goals[copy] : -1)),
    new Array<Row>(2).fill([-7.6, 0.15, 0.5]),
  ],
  ['random agents', 'tag', undefined, [...new Array<Row>(3).fill([4.19, 0.19]), [-15.35, 0.35]]],
  [
    'adversaries that chase',
    'tag',
    seek((_, __, agent) => (agent < 3 ? 3 : -1)),
    new Array<Row>(3).fill([42.96, 0.53, 5]),
  ],
  ['random agents', 'adversary', undefined, [[-28.4, 0.24], ...new Array<Row>(2).fill([7.44, 0.28])]],
  [
    'a team that goes to the goal',
    'adversary',
    seek(({ goals }, copy, agent) => (agent > 0 ? 3 + goals[copy] : -1)),
    [[-28.4, 0.24], ...new Array<Row>(2).fill([22.74, 0.23, 2])],
  ],
];

describe('mean returns of an episode', () => {
  test.each(table)('%s in %s', (_, task, script, rows) => {
    const found = play(task, script);
    rows.forEach(([mean, error, margin = 0], agent) => {
      const allowed = 4 * Math.hypot(error, found[agent].error) + margin;
      expect(Math.abs(found[agent].mean - mean), `agent ${agent}: ${found[agent].mean}`).toBeLessThan(
        allowed,
      );
    });
  });
});
