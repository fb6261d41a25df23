import { type State, stateArray } from '@murmuration/core';
import { hystereticRate, movedTowards, temporalDifferenceTarget } from '../loss';
import { choose } from './choice';
import type { TabularRule } from './rule';
import type { Sizes, Transition } from './transition';

export interface TabularQOptions {
  readonly discount: number;
  /** Rate for results better than expected. */
  readonly learningRate: number;
  /** Rate for results worse than expected; equal to `learningRate` it is plain Q-learning. */
  readonly lossRate: number;
  readonly kappa: number;
}

/**
 * Tabular Q-learning, equation (2) for one agent's own actions or (1) for joint ones, with hysteresis. Values begin
 * at 0; an action that was never taken is no candidate, since it may be one that cannot be taken.
 */
export const createTabularQ = (sizes: Sizes, options: TabularQOptions): TabularRule => {
  const { states, actions } = sizes;
  const { discount, learningRate, lossRate } = options;
  const table = new Float64Array(states * actions).fill(Number.NEGATIVE_INFINITY);
  const policy = new Int32Array(states).fill(-1);
  const rows = Array.from({ length: states }, (_, state) =>
    table.subarray(state * actions, (state + 1) * actions),
  );
  /** max over a of Q(s, a), 0 where no action was taken. */
  const best = new Float64Array(states);
  return {
    policy,
    value: (state, action) => rows[state][action],
    learn({ state, action, reward, next, ended }: Transition) {
      const row = rows[state];
      const target = temporalDifferenceTarget(reward, discount, ended, best[next]);
      const before = row[action] === Number.NEGATIVE_INFINITY ? 0 : row[action];
      const error = target - before;
      row[action] = movedTowards(before, target, hystereticRate(error, learningRate, lossRate));
      let highest = row[0];
      for (let other = 1; other < actions; other++) if (row[other] > highest) highest = row[other];
      best[state] = highest;
      policy[state] = choose(row, state, policy[state], options);
      return Math.abs(error);
    },
    save: (): State => ({ table: table.slice(), policy: policy.slice() }),
    restore(state) {
      table.set(stateArray(state, 'table', Float64Array, table.length));
      policy.set(stateArray(state, 'policy', Int32Array, states));
      rows.forEach((row, index) => {
        const highest = row.reduce((most, value) => Math.max(most, value));
        best[index] = highest === Number.NEGATIVE_INFINITY ? 0 : highest;
      });
    },
  };
};
