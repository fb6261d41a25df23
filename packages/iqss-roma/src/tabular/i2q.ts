import { type State, stateArray, stateTree } from '@murmuration/core';
import { movedTowards, temporalDifferenceTarget } from '../loss';
import { choose } from './choice';
import { type Averaging, rateOf } from './rate';
import type { TabularRule } from './rule';
import { type Membership, Successors } from './successors';
import type { Sizes, Transition } from './transition';

export interface TabularI2qOptions extends Membership {
  readonly discount: number;
  readonly learningRate: number;
  readonly averaging: Averaging;
  readonly kappa: number;
  /** Learn Q(s, a) from the reward of the ideal successor, r(s, s*), instead of the one that was received. */
  readonly idealReward: boolean;
}

/**
 * Tabular I2Q (Jiang and Lu 2022), as released for matrix games: Q_ss(s, s′) as in equation (3); the ideal successor
 * s* = argmax Q_ss(s, ·) among those seen after (s, a); and Q(s, a) learned as if s* had followed.
 */
export const createTabularI2q = (sizes: Sizes, options: TabularI2qOptions): TabularRule => {
  const { states, actions } = sizes;
  const { discount, learningRate, idealReward } = options;
  const successors = new Successors(sizes, options);
  const table = new Float64Array(states * actions).fill(Number.NEGATIVE_INFINITY);
  const policy = new Int32Array(states).fill(-1);
  const rows = Array.from({ length: states }, (_, state) =>
    table.subarray(state * actions, (state + 1) * actions),
  );
  /** `[pair]` the last reward of a pair, and where one decides next; −1 where the episode ends. */
  let rewards = new Float64Array(successors.value.length);
  let nexts = new Int32Array(successors.value.length);

  const fit = (): void => {
    if (rewards.length >= successors.value.length) return;
    const [oldRewards, oldNexts] = [rewards, nexts];
    rewards = new Float64Array(successors.value.length);
    nexts = new Int32Array(successors.value.length);
    rewards.set(oldRewards);
    nexts.set(oldNexts);
  };

  /** max over s′ of Q_ss(s, s′) among those seen; 0 where none was. */
  const bestSuccessor = (state: number): number => {
    let best = Number.NEGATIVE_INFINITY;
    for (let action = 0; action < actions; action++) {
      best = Math.max(best, successors.bestValue(state, action));
    }
    return best === Number.NEGATIVE_INFINITY ? 0 : best;
  };

  /** max over the actions that were taken of Q(s, a); 0 where none was. */
  const bestAction = (state: number): number => {
    const row = rows[state];
    let best = row[0];
    for (let action = 1; action < actions; action++) if (row[action] > best) best = row[action];
    return best === Number.NEGATIVE_INFINITY ? 0 : best;
  };

  return {
    policy,
    value: (state, action) => rows[state][action],
    learn({ state, action, successor, reward, next, ended }: Transition) {
      if (successors.full) successors.forget();
      const pair = successors.record(state, action, successor);
      fit();
      rewards[pair] = reward;
      nexts[pair] = ended ? -1 : next;
      const stateTarget = temporalDifferenceTarget(reward, discount, ended, ended ? 0 : bestSuccessor(next));
      const rate = rateOf(options, successors.visits[pair] + 1);
      successors.learn(state, pair, movedTowards(successors.value[pair], stateTarget, rate));

      // δ and the least visits may leave N(s, a) empty: then what happened is the ideal.
      const best = successors.bestPair(state, action);
      const ideal = best < 0 ? pair : best;
      const following = nexts[ideal];
      const row = rows[state];
      const target = temporalDifferenceTarget(
        idealReward ? rewards[ideal] : reward,
        discount,
        following < 0,
        following < 0 ? 0 : bestAction(following),
      );
      const before = row[action] === Number.NEGATIVE_INFINITY ? 0 : row[action];
      row[action] = movedTowards(before, target, learningRate);
      policy[state] = choose(row, state, policy[state], options);
      return Math.abs(target - before);
    },
    save: (): State => ({
      successors: successors.save(),
      table: table.slice(),
      policy: policy.slice(),
      rewards: rewards.slice(0, successors.pairs),
      nexts: nexts.slice(0, successors.pairs),
    }),
    restore(state) {
      successors.restore(stateTree(state, 'successors'));
      fit();
      table.set(stateArray(state, 'table', Float64Array, table.length));
      policy.set(stateArray(state, 'policy', Int32Array, states));
      rewards.set(stateArray(state, 'rewards', Float64Array, successors.pairs));
      nexts.set(stateArray(state, 'nexts', Int32Array, successors.pairs));
    },
  };
};
