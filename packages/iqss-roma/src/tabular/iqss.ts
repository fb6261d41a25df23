import { type Random, type State, stateArray, stateTree } from '@murmuration/core';
import { movedTowards, temporalDifferenceTarget } from '../loss';
import { choose, drawRanks } from './choice';
import { type Averaging, rateOf } from './rate';
import type { TabularRule } from './rule';
import { type Membership, Successors } from './successors';
import type { Sizes, Transition } from './transition';

export interface TabularIqssOptions extends Membership {
  readonly discount: number;
  readonly learningRate: number;
  readonly averaging: Averaging;
  readonly kappa: number;
  /**
   * Among equal actions take the lowest, or one that is drawn once for each state; or let all agents aim at the lowest
   * s′ among those within κ of the best, which needs no schedule to agree.
   */
  readonly tieBreak: 'lowest-action' | 'random-action' | 'lowest-successor';
}

/**
 * Tabular iQSS: Q(s, s′) by equation (3), N(s, a) by (6) over a window, Q_ssa(s, a) by (5), the best action kept up to
 * date for every state, so that acting is a look-up.
 */
export const createTabularIqss = (
  sizes: Sizes,
  options: TabularIqssOptions,
  random: Random,
): TabularRule & { readonly successors: Successors } => {
  const { discount, kappa, tieBreak } = options;
  const successors = new Successors(sizes, options);
  const policy = new Int32Array(sizes.states).fill(-1);
  /** V(s) = max over a of Q_ssa(s, a); 0 where nothing is known. */
  const best = new Float64Array(sizes.states);
  const values = new Float64Array(sizes.actions);
  const choice = {
    kappa,
    ranks: tieBreak === 'random-action' ? drawRanks(sizes.states, sizes.actions, random) : undefined,
  };

  /** The action that leads to the lowest s′ whose value is within κ of the best. */
  const towardsLowest = (state: number, highest: number): number => {
    let lowest = Number.POSITIVE_INFINITY;
    let chosen = 0;
    for (let action = 0; action < sizes.actions; action++) {
      const successor = successors.lowestAbove(state, action, highest - Math.max(kappa, 1e-9));
      if (successor >= lowest) continue;
      lowest = successor;
      chosen = action;
    }
    return chosen;
  };

  /** Follow a change of what is known at a state. */
  const refresh = (state: number): void => {
    let highest = Number.NEGATIVE_INFINITY;
    for (let action = 0; action < sizes.actions; action++) {
      values[action] = successors.bestValue(state, action);
      if (values[action] > highest) highest = values[action];
    }
    best[state] = highest === Number.NEGATIVE_INFINITY ? 0 : highest;
    policy[state] =
      tieBreak === 'lowest-successor'
        ? towardsLowest(state, highest)
        : choose(values, state, policy[state], choice);
  };

  return {
    policy,
    value: (state, action) => successors.bestValue(state, action),
    successors,
    learn({ state, action, successor, reward, next, ended }: Transition) {
      if (successors.full) refresh(successors.forget());
      const pair = successors.record(state, action, successor);
      if (next === state) refresh(state);
      const target = temporalDifferenceTarget(reward, discount, ended, best[next]);
      const error = target - successors.value[pair];
      const rate = rateOf(options, successors.visits[pair] + 1);
      successors.learn(state, pair, movedTowards(successors.value[pair], target, rate));
      refresh(state);
      return Math.abs(error);
    },
    save: (): State => ({ successors: successors.save(), policy: policy.slice(), best: best.slice() }),
    restore(state) {
      successors.restore(stateTree(state, 'successors'));
      policy.set(stateArray(state, 'policy', Int32Array, policy.length));
      best.set(stateArray(state, 'best', Float64Array, best.length));
    },
  };
};
