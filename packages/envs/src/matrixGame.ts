import {
  discrete,
  type Environment,
  type EnvironmentFamily,
  parseConfiguration,
  randomFrom,
  stateNumber,
} from '@murmuration/core';
import { z } from 'zod';
import { matrixGameScene } from './matrixGameScene';
import { numberIn } from './variant';

const agents = 2;

/** So many states that float32 still numbers them, and a game is drawn in a moment. */
const deepest: Readonly<Record<number, number>> = { 2: 10, 3: 6, 4: 5, 5: 4 };

const optionsSchema = z.strictObject({
  game: z.int().default(0).describe('seed of the drawn game: what each state pays'),
  actions: z.int().min(2).max(5).default(3).describe('actions of each agent'),
});

const directSchema = optionsSchema
  .extend({ depth: z.int().min(1).max(10).default(5).describe('joint actions of an episode') })
  .superRefine(({ actions, depth }, context) => {
    if (depth <= deepest[actions]) return;
    const message = `with ${actions} actions give a depth of ${deepest[actions]} or less`;
    context.addIssue({ code: 'custom', path: ['depth'], message });
  });

export type MatrixGameOptions = z.infer<typeof directSchema>;
export type MatrixGameInput = z.input<typeof directSchema>;

export interface MatrixGame {
  /** Joint actions of a state, which is how many states follow it. */
  readonly branches: number;
  /** What is paid for leaving a state, `[state]`; the last layer is never left. */
  readonly rewards: Float64Array;
  /** States of the whole tree, the last layer included. */
  readonly states: number;
  /** The highest return that an episode can have. */
  readonly best: number;
}

const layersTo = (branches: number, depth: number): number => (branches ** depth - 1) / (branches - 1);

/** Draw a tree: every state pays a number from U(-1, 1). The same seed gives the same game. */
export const drawMatrixGame = ({ actions, depth, game }: MatrixGameOptions): MatrixGame => {
  const branches = actions ** agents;
  const random = randomFrom(game, 'matrix-game');
  const rewards = Float64Array.from({ length: layersTo(branches, depth) }, () => 2 * random.uniform() - 1);
  // From the last paid layer up: what is best from each state on.
  const best = rewards.slice();
  for (let state = layersTo(branches, depth - 1) - 1; state >= 0; state--) {
    const children = best.subarray(state * branches + 1, state * branches + 1 + branches);
    best[state] += children.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  }
  return { branches, rewards, states: layersTo(branches, depth + 1), best: best[0] };
};

const make = (options: MatrixGameOptions): Environment => {
  const { actions, depth } = options;
  const game = drawMatrixGame(options);
  const space = discrete(game.states);
  let state = 0;
  let step = 0;
  let paid = 0;
  return {
    spec: {
      id: `matrix-game/${depth}`,
      agents: Array.from({ length: agents }, (_, agent) => ({
        id: `agent-${agent}`,
        species: 'agent',
        observation: space,
        action: discrete(actions),
      })),
      state: space,
      sharedReward: true,
      episodeLimit: depth,
      agentsDie: false,
      metrics: ['normalisedReturn'],
      nonStationary: false,
    },
    reset() {
      state = 0;
      step = 0;
      paid = 0;
    },
    step(chosen) {
      const reward = game.rewards[state];
      paid += reward;
      state = state * game.branches + chosen[0] * actions + chosen[1] + 1;
      step++;
      return { reward, terminated: step === depth, truncated: false };
    },
    observe(_agent, observation) {
      observation[0] = state;
    },
    state(values) {
      values[0] = state;
    },
    metrics(metrics) {
      metrics[0] = paid / game.best;
    },
    draw: () => matrixGameScene({ game, actions, depth, state, paid }),
    save: () => ({ state, step, paid }),
    restore(saved) {
      state = stateNumber(saved, 'state');
      step = stateNumber(saved, 'step');
      paid = stateNumber(saved, 'paid');
    },
  };
};

/**
 * A random matrix game: two agents walk down a tree in which every joint action leads to a state of its own.
 *
 * Source: I2Q (Jiang and Lu, NeurIPS 2022) and its released code, which fixes 3 actions, depth 5, rewards U(-1, 1) and
 * the score. Reconstructed: which 100 games were drawn; any seed draws one here.
 *
 * Dynamics: from state s the joint action (a, b) leads to state `s * actions² + a * actions + b + 1`; deterministic.
 * Reward: what the state that is left pays, whatever is chosen there. An episode is `depth` steps and terminates.
 * State and observation, discrete and the same for both agents: the number of the state, 0 at the start; 66430 states
 * at depth 5, the last layer included.
 * Metric: `normalisedReturn`, the return over the best return of the game.
 * @throws ConfigurationError for an option that does not exist, or out of range.
 */
export const matrixGame = (options: MatrixGameInput = {}): Environment =>
  make(parseConfiguration('@murmuration/envs matrix-game', directSchema, options));

export const matrixGameFamily: EnvironmentFamily<z.infer<typeof optionsSchema>> = {
  family: 'matrix-game',
  summary: 'two agents walk down a random tree of matrix games in which every state pays another number',
  package: '@murmuration/envs',
  variants: ['2', '5'],
  variantMeaning: 'depth of the tree, 1 to 10 (to 6 with 3 actions)',
  options: optionsSchema,
  create(variant, options = {}) {
    const depth = numberIn('matrix-game', variant, 'steps', 1, 10);
    const owner = `@murmuration/envs matrix-game/${variant}`;
    const parsed = parseConfiguration(owner, optionsSchema, options);
    const whole = parseConfiguration(owner, directSchema, { ...parsed, depth });
    return () => make(whole);
  },
};
