import {
  createActions,
  createEnvironment,
  createFrame,
  discrete,
  type Environment,
  type Learner,
  type Random,
  randomFrom,
  stateNumber,
  train,
} from '@murmuration/core';
import { aloneContext } from '@murmuration/core/testing';
import { flag } from '@murmuration/envs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { romaIqss, smaIqss } from './algorithms';
import { scheduleSchema } from './config';
import { createTeam, scheduleOptionsOf } from './learner';
import { createTabularIqss } from './tabular/iqss';
import type { TabularRule } from './tabular/rule';
import { tabularLearner } from './tabular/rule';
import { sizesOf } from './tabular/transition';

/** A small deterministic world with random transitions and whole rewards r(s, s′), many of them equal. */
interface Game {
  readonly states: number;
  readonly agents: number;
  readonly actions: number;
  /** `[state, joint action]` */
  readonly transitions: Int32Array;
  /** `[state, successor]` */
  readonly rewards: Int32Array;
}

const drawGame = (agents: number, seed: number): Game => {
  const random = randomFrom(seed, 'game');
  const [states, actions] = [4, 2];
  return {
    states,
    agents,
    actions,
    transitions: Int32Array.from({ length: states * actions ** agents }, () => random.integer(states)),
    rewards: Int32Array.from({ length: states * states }, () => random.integer(4)),
  };
};

const jointOf = (game: Game, chosen: ArrayLike<number>): number =>
  Array.from(chosen).reduce((joint, action) => joint * game.actions + action, 0);

const successor = (game: Game, state: number, joint: number): number =>
  game.transitions[state * game.actions ** game.agents + joint];

const reward = (game: Game, state: number, next: number): number => game.rewards[state * game.states + next];

/** The world never ends; it is cut after a few steps and begins anywhere, so that every state is visited. */
const worldOf = (game: Game): Environment => {
  let state = 0;
  let steps = 0;
  return {
    spec: {
      id: 'test/random',
      agents: Array.from({ length: game.agents }, (_, agent) => ({
        id: `agent-${agent}`,
        species: 'agent',
        observation: discrete(game.states),
        action: discrete(game.actions),
      })),
      state: discrete(game.states),
      sharedReward: true,
      agentsDie: false,
      metrics: [],
      nonStationary: false,
    },
    reset(random: Random) {
      state = random.integer(game.states);
      steps = 0;
    },
    step(actions) {
      const next = successor(game, state, jointOf(game, actions));
      const received = reward(game, state, next);
      state = next;
      steps++;
      return { reward: received, terminated: false, truncated: steps === 4 };
    },
    observe: (_agent, observation) => observation.fill(state),
    state: (values) => values.fill(state),
    save: () => ({ state, steps }),
    restore(saved) {
      state = stateNumber(saved, 'state');
      steps = stateNumber(saved, 'steps');
    },
  };
};

const discount = 0.8;

/** V of the policy that takes in each state what `backup` finds, by iteration. */
const iterate = (game: Game, backup: (state: number, value: (joint: number) => number) => number) => {
  let values = new Float64Array(game.states);
  for (let sweep = 0; sweep < 200; sweep++) {
    values = values.map((_, state) =>
      backup(state, (joint) => {
        const next = successor(game, state, joint);
        return reward(game, state, next) + discount * values[next];
      }),
    );
  }
  return values;
};

const optimalValues = (game: Game): Float64Array =>
  iterate(game, (_, value) =>
    Math.max(...Array.from({ length: game.actions ** game.agents }, (_, joint) => value(joint))),
  );

const turn = 1500;

/** Learn with full exploration for so many turns. */
const learn = (game: Game, turns: number, seed: number): TabularRule[] => {
  const world = createEnvironment(() => worldOf(game), 1);
  const rules: TabularRule[] = [];
  const options = scheduleOptionsOf('roma', scheduleSchema.parse({ turn, epsilon: 1 }));
  const team: Learner = createTeam(
    { spec: world.spec, options, random: randomFrom(seed, 'team') },
    ({ spec, agent, random }) => {
      const rule = createTabularIqss(
        sizesOf(spec, agent),
        {
          discount,
          learningRate: 1,
          averaging: 'first-visit',
          kappa: 1e-6,
          tieBreak: 'random-action',
          window: turn,
          delta: 0,
          minimumVisits: 1,
          doubt: 0,
        },
        random,
      );
      rules.push(rule);
      return tabularLearner(spec, agent, rule, 'bootstrap');
    },
  );
  let [frame, next] = [createFrame(world.spec, 1), createFrame(world.spec, 1)];
  const actions = createActions(world.spec, 1);
  world.reset(randomFrom(seed, 'world'), frame);
  for (let step = 0; step < turns * turn; step++) {
    team.act(frame, actions);
    world.step(actions, next);
    team.experience.observe(frame, actions, next);
    for (let batch = team.experience.take(); batch; batch = team.experience.take())
      team.update(batch, aloneContext);
    [frame, next] = [next, frame];
  }
  return rules;
};

describe('the theory of the paper', () => {
  it('theorem 3.1: who sees all that others can do values each own action by their best answer', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 3 }), fc.nat(1_000_000), (agents, seed) => {
        const game = drawGame(agents, seed);
        const [first] = learn(game, 1, seed);
        const best = optimalValues(game);
        for (let state = 0; state < game.states; state++) {
          for (let own = 0; own < game.actions; own++) {
            const answers = game.actions ** (agents - 1);
            const results = Array.from({ length: answers }, (_, others) => {
              const next = successor(game, state, own * answers + others);
              return reward(game, state, next) + discount * best[next];
            });
            expect(first.value(state, own)).toBeCloseTo(Math.max(...results), 3);
          }
        }
      }),
      { seed: 3, numRuns: 15 },
    );
  });

  it('theorem 3.4: after every agent has had its turn, the greedy team is optimal in every state', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 3 }), fc.nat(1_000_000), (agents, seed) => {
        const game = drawGame(agents, seed);
        const rules = learn(game, agents, seed);
        const reached = iterate(game, (state, value) =>
          value(
            jointOf(
              game,
              rules.map(({ policy }) => policy[state]),
            ),
          ),
        );
        const best = optimalValues(game);
        reached.forEach((value, state) => {
          expect(value).toBeCloseTo(best[state], 3);
        });
      }),
      { seed: 4, numRuns: 25 },
    );
  });
});

const finalReturn = async (
  algorithm: typeof romaIqss,
  seed: number,
  settings: Record<string, unknown>,
): Promise<number> => {
  let last = Number.NaN;
  const options = { steps: 600, seed, settings, evaluateEvery: 600, episodes: 1, checkpointEvery: 600 };
  for await (const event of train(algorithm, flag, options))
    if (event.event === 'evaluation') last = event.metrics.return;
  return last;
};

describe('agents that break ties each in its own way', () => {
  const settings = { kappa: 0, tieBreak: 'random-action', schedule: { turn: 200 } };
  const seeds = Array.from({ length: 40 }, (_, seed) => seed);

  it('miss each other half of the time when all learn at once', async () => {
    const returns = await Promise.all(seeds.map((seed) => finalReturn(smaIqss, seed, settings)));
    const missed = returns.filter((value) => value === -200).length;
    expect(missed).toBeGreaterThanOrEqual(10);
    expect(missed).toBeLessThanOrEqual(30);
    expect(returns.filter((value) => value === 100)).toHaveLength(40 - missed);
  });

  it('never miss each other in turns', async () => {
    const returns = await Promise.all(seeds.map((seed) => finalReturn(romaIqss, seed, settings)));
    expect(returns).toEqual(new Array(40).fill(100));
  });
});
