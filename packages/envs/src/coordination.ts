import {
  discrete,
  type Environment,
  type EnvironmentFamily,
  type EnvironmentSpec,
  parseConfiguration,
  stateArray,
  stateNumber,
} from '@murmuration/core';
import { z } from 'zod';
import {
  type CoordinationGame,
  drawGame,
  type GameSize,
  ordinary,
  outcomeOf,
  penalty,
} from './coordinationGame';
import { coordinationScene } from './coordinationScene';
import { numberIn } from './variant';

const optionsSchema = z.strictObject({
  game: z
    .int()
    .default(0)
    .describe('seed of the drawn game: which joint strategies are optimal, what ordinary outcomes pay'),
  hub: z
    .boolean()
    .default(true)
    .describe('whether agents decide at one hub per stage; otherwise at the outcome that was reached'),
  partialCredit: z
    .boolean()
    .default(false)
    .describe('whether ordinary outcomes pay 10 times the share of agents that agree with one optimum'),
  stages: z.int().min(1).max(100).default(3).describe('stages of an episode, each one step'),
  actions: z.int().min(2).max(255).default(3).describe('actions of each agent'),
  outcomes: z
    .int()
    .min(4)
    .max(100_000)
    .optional()
    .describe('possible outcomes of each stage; 21 for 3 agents and 33 for others where left out'),
  noise: z
    .strictObject({
      state: z
        .number()
        .min(0)
        .max(1)
        .default(0)
        .describe('probability that all agents are shown another outcome of the stage than the true one'),
      reward: z.number().min(0).max(1e6).default(0).describe('standard deviation added to the reward'),
    })
    .prefault({})
    .describe('sensor noise, common to all agents'),
  drift: z
    .strictObject({
      kind: z
        .enum(['none', 'hard', 'soft'])
        .default('none')
        .describe('hard: new optimal strategies each period; soft: the optima pay 100 and 60 in turn'),
      period: z.int().min(1).default(20_000).describe('environment steps (of one copy) between changes'),
    })
    .prefault({})
    .describe('how rewards change over training'),
});

/** The paper's 65 states for 3 agents, and 100 for others, over three stages. */
const outcomesOf = ({ agents, outcomes }: { agents: number; outcomes?: number }): number =>
  outcomes ?? (agents === 3 ? 21 : 33);

const directSchema = optionsSchema
  .extend({ agents: z.int().min(2).max(100).describe('number of agents') })
  .superRefine((options, context) => {
    const needed = options.agents + ordinary;
    if (!options.partialCredit || outcomesOf(options) >= needed) return;
    const message = `each count of agents needs an outcome of its own: set outcomes to ${needed} or more`;
    context.addIssue({ code: 'custom', path: ['partialCredit'], message });
  });

export type CoordinationOptions = z.infer<typeof directSchema>;

/** What {@link coordination} takes: `agents`, and any of the options. */
export type CoordinationInput = z.input<typeof directSchema>;

const nameOf = (agents: number): string => `@murmuration/envs coordination/${agents}`;

const sizeOf = (options: CoordinationOptions): GameSize => {
  const { agents, actions, stages, partialCredit } = options;
  return { agents, actions, stages, outcomes: outcomesOf(options), partialCredit };
};

/** The game that a {@link coordination} with these options plays (in its first period, where rewards drift). */
export const coordinationGameOf = (options: CoordinationInput): CoordinationGame => {
  const parsed = parseConfiguration(nameOf(options.agents), directSchema, options);
  return drawGame(sizeOf(parsed), parsed.game);
};

const specOf = (options: CoordinationOptions, size: GameSize): EnvironmentSpec => {
  // The paper counts 65 states for three agents, one more than start and outcomes: a terminal state, never shown.
  const states = 1 + size.stages * size.outcomes + (size.agents === 3 ? 1 : 0);
  const observation = discrete(options.hub ? size.stages + 1 : states);
  return {
    id: `coordination/${size.agents}`,
    agents: Array.from({ length: size.agents }, (_, agent) => ({
      id: `agent-${agent}`,
      species: 'agent',
      observation,
      action: discrete(size.actions),
    })),
    state: discrete(states),
    sharedReward: true,
    episodeLimit: size.stages,
    agentsDie: false,
    metrics: [
      'success',
      'miscoordination',
      ...Array.from({ length: size.stages }, (_, stage) => `success${stage}`),
    ],
    nonStationary: options.drift.kind !== 'none',
  };
};

const make = (options: CoordinationOptions): Environment => {
  const { hub, noise, drift } = options;
  const size = sizeOf(options);
  const { stages, outcomes } = size;
  const spec = specOf(options, size);
  const outcome = { reward: 0, terminated: false, truncated: false };
  /** True outcomes of this episode, for the metrics. */
  const reached = new Int32Array(stages);
  /** Actions of this episode, `[stage, agent]`, to be drawn alone: nothing depends on them, so they are not saved. */
  const chosen = new Uint8Array(stages * size.agents);
  let game = drawGame(size, options.game);
  let phase = 0;
  let steps = 0;
  let stage = 0;
  let shown = 0;

  const moveOn = (): void => {
    const now = Math.floor(steps / drift.period);
    if (drift.kind === 'hard' && now !== phase) game = drawGame(size, options.game, now);
    phase = now;
  };

  const rewardOf = (result: number): number => {
    if (drift.kind === 'soft' && result < penalty) return phase % 2 === result ? 100 : 60;
    return game.rewards[stage * outcomes + result];
  };

  return {
    spec,
    reset() {
      stage = 0;
      shown = 0;
      reached.fill(0);
    },
    step(actions, random) {
      if (spec.nonStationary) moveOn();
      const result = outcomeOf(game, stage, actions);
      reached[stage] = result;
      for (let agent = 0; agent < size.agents; agent++) chosen[stage * size.agents + agent] = actions[agent];
      outcome.reward = rewardOf(result);
      if (noise.reward > 0) outcome.reward += noise.reward * random.normal();
      let seen = result;
      if (noise.state > 0 && random.uniform() < noise.state) {
        seen = (result + 1 + random.integer(outcomes - 1)) % outcomes;
      }
      shown = 1 + stage * outcomes + seen;
      stage++;
      steps++;
      outcome.terminated = stage === stages;
      return outcome;
    },
    observe(_agent, observation) {
      observation[0] = hub ? stage : shown;
    },
    state(state) {
      state[0] = shown;
    },
    metrics(metrics) {
      let optima = 0;
      let penalties = 0;
      for (let each = 0; each < stages; each++) {
        if (reached[each] < penalty) optima++;
        if (reached[each] === penalty) penalties++;
        metrics[2 + each] = reached[each] < penalty ? 1 : 0;
      }
      metrics[0] = optima / stages;
      metrics[1] = penalties / stages;
    },
    draw: () => coordinationScene({ game, stage, reached, chosen }),
    save: () => ({ stage, shown, steps, reached: reached.slice() }),
    restore(state) {
      stage = stateNumber(state, 'stage');
      shown = stateNumber(state, 'shown');
      steps = stateNumber(state, 'steps');
      reached.set(stateArray(state, 'reached', Int32Array, stages));
      chosen.fill(255);
      moveOn();
    },
  };
};

/**
 * Multi-stage coordination: in each of three stages all agents choose at once, and two joint strategies are optimal.
 *
 * Source: ROMA-iQSS (Lin and others, 2024; arXiv 2404.03984), section V. Its numbers of agents, actions, stages and
 * states and its rewards are the paper's; how joint actions lead to states is reconstructed.
 *
 * Dynamics: the optima of a stage are u and v, which differ in every agent. All choose u: outcome 0, reward 100.
 * All choose v: outcome 1, reward 100. Each chooses its part of u or of v, but not all the same: outcome 2, reward
 * -200. Anything else: an ordinary outcome, fixed for each joint action, with a fixed reward in [0, 10).
 * Deterministic unless noise is set. An episode is one step per stage, and the best return is 300.
 *
 * State, discrete: 0 at the start, else `1 + stage * outcomes + outcome`, the outcome just reached; after the last stage
 * it is in `finalState`. 65 states for 3 agents (the last is never shown), 100 for others.
 * Observation, discrete, the same for all agents: the stage that comes next (`hub`, the default; 3 at the end), or
 * the state. Transitions and rewards are the same in both: they depend on the stage, not on earlier outcomes.
 *
 * Metrics: `success` and `miscoordination`, the share of stages that truly ended in an optimum and in the penalty;
 * `success0` and so on, whether that stage ended in an optimum.
 * @throws ConfigurationError for an option that does not exist, or out of range.
 */
export const coordination = (options: CoordinationInput): Environment =>
  make(parseConfiguration(nameOf(options.agents), directSchema, options));

export const coordinationFamily: EnvironmentFamily<z.infer<typeof optionsSchema>> = {
  family: 'coordination',
  summary:
    'in each stage all agents choose at once; two joint strategies are optimal, mixing them is punished',
  package: '@murmuration/envs',
  variants: ['3', '5', '7', '10'],
  variantMeaning: 'number of agents, 2 to 100',
  options: optionsSchema,
  create(variant, options = {}) {
    const agents = numberIn('coordination', variant, 'agents', 2, 100);
    const parsed = parseConfiguration(nameOf(agents), optionsSchema, options);
    const whole = parseConfiguration(nameOf(agents), directSchema, { ...parsed, agents });
    return () => make(whole);
  },
};
