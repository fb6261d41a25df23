import {
  type Algorithm,
  createEnvironment,
  type Metrics,
  randomFrom,
  resolveConfiguration,
  type State,
} from '@murmuration/core';
import { smax } from '@murmuration/envs';
import { expect, test } from 'vitest';
import { iql, qmix, vdn } from '../src';
import type { ValueConfiguration } from '../src/config';
import type { Episode } from '../src/episode';
import { mix, returns, unroll, type Weights } from './fixtures/equations';
import { play } from './fixtures/play';

/** Long enough for some to end, too short for all. */
const world = ({ copies }: { copies: number }) => smax({ scenario: '3m', copies, episodeLimit: 16 });
const [agents, actions, observation, state] = [3, 8, 75, 72];

const slices = (values: ArrayLike<number>, width: number): number[][] =>
  Array.from({ length: values.length / width }, (_, row) =>
    Array.from({ length: width }, (__, entry) => values[row * width + entry]),
  );

const oneHot = (index: number, size: number): number[] =>
  Array.from({ length: size }, (_, entry) => (entry === index ? 1 : 0));

/** What one agent's network is shown: observation, last action, number. */
const inputsOf = ({ observations, actions: done }: Episode, agent: number): number[][] =>
  slices(observations, agents * observation).map((all, moment) => [
    ...all.slice(agent * observation, (agent + 1) * observation),
    ...oneHot(moment === 0 ? -1 : done[(moment - 1) * agents + agent], actions),
    ...oneHot(agent, agents),
  ]);

/** The first available action of the highest value. */
const best = (values: readonly number[], available: ArrayLike<number>, from: number): number =>
  values.reduce(
    (found, value, action) =>
      available[from + action] === 1 && (found < 0 || value > values[found]) ? action : found,
    -1,
  );

/** Of one episode: values of what was done, and their targets, for each step and column. */
const judge = (
  episode: Episode,
  [online, team, mixer]: readonly Weights[],
  id: string,
  { shareParameters, doubleQ, discount, lambda, timeLimit, rewardScale }: ValueConfiguration,
): readonly [number, number][] => {
  const of = (agent: number): number => (shareParameters ? 0 : agent);
  const each = Array.from({ length: agents }, (_, agent) => agent);
  const own = each.map((agent) => unroll(online, `agents.${of(agent)}`, inputsOf(episode, agent)));
  const theirs = each.map((agent) => unroll(team, `${of(agent)}`, inputsOf(episode, agent)));
  const states = slices(episode.states, state);
  const columns = (values: number[], moment: number, weights: Weights, prefix: string): number[] => {
    if (id === 'iql') return values;
    if (id === 'vdn') return [values.reduce((sum, value) => sum + value)];
    return [mix(weights, prefix, values, states[moment])];
  };
  const done = Array.from({ length: episode.length }, (_, step) =>
    columns(
      each.map((agent) => own[agent][step][episode.actions[step * agents + agent]]),
      step,
      online,
      'mixer.',
    ),
  );
  const following = states.map((_, moment) =>
    columns(
      each.map((agent) => {
        const choosing = doubleQ ? own : theirs;
        const from = (moment * agents + agent) * actions;
        return theirs[agent][moment][best(choosing[agent][moment], episode.available, from)];
      }),
      moment,
      mixer,
      '',
    ),
  );
  const over = episode.terminated || timeLimit === 'terminal';
  return done[0].flatMap((_, column) => {
    const rewards = done.map((__, step) => rewardScale * episode.rewards[step * agents + column]);
    const values = following.map((row) => row[column]);
    const targets = returns(rewards, values, over, discount, lambda);
    return done.map((row, step): [number, number] => [row[column], targets[step]]);
  });
};

test.each([
  ['QMIX', qmix, { lambda: 0.6 }],
  [
    'QMIX of agents apart, one step',
    qmix,
    {
      ...{ shareParameters: false, lambda: 0, timeLimit: 'terminal', rewardScale: 10 },
      mixer: { embedding: 3, hypernetworkLayers: 1 },
    },
  ],
  ['VDN without double Q', vdn, { doubleQ: false, lambda: 0.9 }],
  ['IQL of agents apart', iql, { shareParameters: false, initialiser: 'orthogonal', lambda: 0.3 }],
] as const)('%s learns from the values and targets that its equations give', async (_, algorithm, more) => {
  const { spec } = createEnvironment(world, 1);
  const configuration = resolveConfiguration(algorithm as Algorithm<ValueConfiguration>, spec, {
    ...{ hiddenUnits: 6, mixer: { embedding: 4, hypernetworkUnits: 5 }, targetEvery: 1000 },
    ...{ batchEpisodes: 8, bufferEpisodes: 8, episodesPerUpdate: 8, learningRate: 0.02, decay: 0, ...more },
  });
  const learner = await algorithm.create(spec, configuration, randomFrom(4));
  const context = {
    reduce: async () => {},
    evaluate: () => Promise.reject(new Error('nothing here plays to weigh')),
  };
  // Targets were copied before the first update: by the second they differ from what is learned.
  let before: State = {};
  const [, found] = await play(learner, world, 2, async (batch): Promise<Metrics> => {
    before = await learner.save();
    return learner.update(batch, context);
  });
  const weights = [before.parameters, before.targetTeam, before.targetMixer] as unknown as Weights[];
  const { blocks, rest } = before.replay as unknown as {
    readonly blocks: readonly { readonly episodes: readonly Episode[] }[];
    readonly rest: readonly Episode[];
  };
  const episodes = [...blocks.flatMap((block) => block.episodes), ...rest].slice(-8);
  expect(new Set(episodes.map(({ terminated }) => terminated)).size).toBe(2);
  const pairs = episodes.flatMap((episode) => judge(episode, weights, algorithm.id, configuration));
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const expected = {
    value: mean(pairs.map(([value]) => value)),
    target: mean(pairs.map(([, target]) => target)),
    loss: mean(pairs.map(([value, target]) => (value - target) ** 2)),
  };
  for (const [name, value] of Object.entries(expected)) {
    expect(Math.abs(found[name] - value), `${name}: ${found[name]} instead of ${value}`).toBeLessThan(
      1e-4 * Math.max(1, Math.abs(value)),
    );
  }
  learner.dispose();
});
