import type { Random } from '@murmuration/core';
import { drawDistribution } from './games';

/** A team in a small world in which everything can be summed; policies are `[agent][state][action]`. */
interface Process {
  readonly discount: number;
  readonly states: number;
  readonly choices: number;
  /** Which action each agent takes, by joint action. */
  readonly joint: readonly (readonly number[])[];
  /** `[state][joint action][next state]` */
  readonly moves: readonly (readonly Float64Array[])[];
  /** `[state][joint action]` */
  readonly rewards: readonly (readonly number[])[];
}

type Policy = readonly Float64Array[];

const drawProcess = (random: Random, agents: number): Process => {
  const states = 1 + random.integer(3);
  const choices = 2;
  const joint = Array.from({ length: choices ** agents }, (_, index) =>
    Array.from({ length: agents }, (_, agent) => Math.floor(index / choices ** agent) % choices),
  );
  return {
    discount: 0.9 * random.uniform(),
    states,
    choices,
    joint,
    moves: Array.from({ length: states }, () => joint.map(() => drawDistribution(random, states))),
    rewards: Array.from({ length: states }, () => joint.map(() => random.normal())),
  };
};

const drawPolicy = (random: Random, { states, choices }: Process): Policy =>
  Array.from({ length: states }, () => drawDistribution(random, choices));

/** A policy on the way to another. */
const towards = (from: Policy, to: Policy, share: number): Policy =>
  from.map((row, state) => row.map((value, action) => (1 - share) * value + share * to[state][action]));

/** The probability of a joint action. */
const chance = (team: readonly Policy[], state: number, actions: readonly number[]): number =>
  team.reduce((product, policy, agent) => product * policy[state][actions[agent]], 1);

/** Until 0.9 to their power is nothing in double precision. */
const sweeps = 400;

/** What each state is worth, and each joint action in it. */
const valuesOf = ({ discount, states, joint, moves, rewards }: Process, team: readonly Policy[]) => {
  let values = new Float64Array(states);
  const worth = (state: number, index: number): number =>
    rewards[state][index] +
    discount * moves[state][index].reduce((sum, chanceOf, next) => sum + chanceOf * values[next], 0);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    values = Float64Array.from({ length: states }, (_, state) =>
      joint.reduce((sum, actions, index) => sum + chance(team, state, actions) * worth(state, index), 0),
    );
  }
  return { values, worth };
};

/** Discounted visits of each state, Σ γ^t P(s_t = s), from a uniform start. */
const visitsOf = ({ discount, states, joint, moves }: Process, team: readonly Policy[]): Float64Array => {
  const visits = new Float64Array(states);
  let now = new Float64Array(states).fill(1 / states);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const next = new Float64Array(states);
    for (const [state, mass] of now.entries()) {
      visits[state] += mass;
      for (const [index, actions] of joint.entries()) {
        const weight = discount * mass * chance(team, state, actions);
        for (let to = 0; to < states; to++) next[to] += weight * moves[state][index][to];
      }
    }
    now = next;
  }
  return visits;
};

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** max over states of KL(from ‖ to). */
const divergenceOf = (from: Policy, to: Policy): number =>
  Math.max(
    ...from.map((row, state) =>
      row.reduce((sum, value, action) => sum + value * Math.log(value / to[state][action]), 0),
    ),
  );

/**
 * One random process with discounting and a team whose agents move in turn: by how much its return stays behind
 * J + Σ L̃ against what the bound allows, Σ (C + (n − 1) max|A| / (2 (1 − γ))) max KL with C = 4 γ max|A| / (1 − γ)².
 * L̃ = E[M̃ (r − 1) A] over discounted visits, M̃ = min(1, M). Nothing is sampled; at most 1 where the bound holds.
 */
export const drawImprovement = (random: Random): number => {
  const agents = 2 + random.integer(2);
  const process = drawProcess(random, agents);
  const { discount, joint, states } = process;
  const old = Array.from({ length: agents }, () => drawPolicy(random, process));
  const share = random.uniform();
  const updated = old.map((policy) => towards(policy, drawPolicy(random, process), share));

  const { values, worth } = valuesOf(process, old);
  const visits = visitsOf(process, old);
  let promised = 0;
  let most = 0;
  for (let state = 0; state < states; state++) {
    for (const [index, actions] of joint.entries()) {
      const advantage = worth(state, index) - values[state];
      const weight = visits[state] * chance(old, state, actions);
      most = Math.max(most, Math.abs(advantage));
      let factor = 1;
      for (let agent = 0; agent < agents; agent++) {
        const ratio = updated[agent][state][actions[agent]] / old[agent][state][actions[agent]];
        promised += weight * Math.min(1, factor) * (ratio - 1) * advantage;
        factor *= ratio;
      }
    }
  }
  const moved = old.reduce((sum, policy, agent) => sum + divergenceOf(policy, updated[agent]), 0);
  const each = (4 * discount * most) / (1 - discount) ** 2 + ((agents - 1) * most) / (2 * (1 - discount));
  const gained = mean(valuesOf(process, updated).values) - mean(values);
  return (promised - gained) / (each * moved);
};
