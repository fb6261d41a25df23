import { alone, box, discrete, type EnvironmentSpec, type Rollout, randomFrom } from '@murmuration/core';
import { type Actor, createActor } from '../../src/actor';
import { gaussian } from '../../src/config/shared';
import { flatten } from '../../src/update/flat';
import type { Improvement } from '../../src/update/rule';
import { logPolicy, type Sample, type Sizes, type Vector } from './float64';

export const sizes: Sizes = { inputs: 2, hidden: 3, actions: 3 };
export const team = 2;
const steps = 6;
const copies = 2;
export const moments = steps * copies;

export const spec: EnvironmentSpec = {
  id: 'tiny/2',
  agents: ['a', 'b'].map((id) => ({ id, species: 'only', observation: box([2]), action: discrete(3) })),
  state: box([1]),
  sharedReward: true,
  agentsDie: true,
  metrics: [],
  nonStationary: false,
};

/** One hidden layer of tanh, nothing normalised. */
export const network = {
  hidden: [sizes.hidden],
  activation: 'tanh',
  recurrent: false,
  hiddenAfter: [],
  normaliseInputs: false,
  layerNorm: false,
  gain: 1,
} as const;

export interface Problem {
  readonly actors: readonly Actor[];
  /** Weights of each actor. */
  readonly theta: Vector[];
  /** Samples of each agent, in order of time and copy. */
  readonly samples: readonly Sample[][];
  readonly improvement: Improvement;
}

/** A rollout of random numbers in which an agent dies, and actors for it. @param groups agents of each actor */
export const createProblem = async (
  groups: readonly (readonly number[])[],
  divergence: 'exact' | 'unweighted' = 'exact',
): Promise<Problem> => {
  const random = randomFrom(11);
  const numbers = (count: number, draw: () => number) => Float32Array.from({ length: count }, draw);
  const actors = groups.map((agents) =>
    createActor(
      spec,
      agents,
      { network, gaussian: gaussian.parse({}), divergence, showAgent: false },
      random,
    ),
  );
  const theta = await Promise.all(
    actors.map(async ({ parameters }) => [...(await flatten(parameters).read(parameters))]),
  );
  const rows = moments * team;
  const observations = numbers((moments + copies) * team * 2, () => random.normal());
  const availableActions = Uint8Array.from({ length: (moments + copies) * team * 3 }, (_, index) =>
    index % 7 === 3 ? 0 : 1,
  );
  const active = Uint8Array.from({ length: (moments + copies) * team }, (_, row) => (row % 9 === 4 ? 0 : 1));
  const actions = new Float32Array(rows);
  const logProbabilities = new Float32Array(rows);
  const advantages = numbers(rows, () => random.normal());
  const samples: Sample[][] = [[], []];
  for (let row = 0; row < rows; row++) {
    const agent = row % team;
    const available = [0, 1, 2].map((action) => availableActions[row * 3 + action] === 1);
    const sample = { observation: [...observations.subarray(row * 2, row * 2 + 2)], available };
    do actions[row] = random.integer(3);
    while (!available[actions[row]]);
    const own = theta[groups.findIndex((agents) => agents.includes(agent))];
    const whole = {
      ...sample,
      action: actions[row],
      before: 0,
      advantage: advantages[row],
      weight: active[row],
    };
    // As if the policy had moved since: ratios begin anywhere near 1.
    logProbabilities[row] = logPolicy(own, sizes, whole)[actions[row]] + 0.15 * random.normal();
    samples[agent].push({ ...whole, before: logProbabilities[row] });
  }
  const rollout: Rollout = {
    steps,
    copies,
    observations,
    state: new Float32Array(moments + copies),
    availableActions,
    active,
    started: new Uint8Array(moments + copies),
    actions,
    logProbabilities,
    rewards: new Float32Array(rows),
    ends: new Uint8Array(moments),
    memory: new Float32Array(0),
    cutOff: [],
  };
  return {
    actors,
    theta,
    samples,
    improvement: {
      rollout,
      advantages: advantages.slice(),
      advantagesWith: (traces) => advantages.map((value, row) => value * traces[row]),
      predictions: () => numbers(rows, () => 1),
      rate: 1,
      random: randomFrom(5),
      reduce: async () => {},
      shard: alone,
    },
  };
};

/** The actors' weights now. */
export const weightsOf = ({ actors }: Problem): Promise<Vector[]> =>
  Promise.all(actors.map(async ({ parameters }) => [...(await flatten(parameters).read(parameters))]));
