import { type Random, type State, stateArray } from '@murmuration/core';
import type { ActionTable } from '../tabular/act';
import { choose } from '../tabular/choice';
import type { Sizes } from '../tabular/transition';
import type { DeepBatch } from './experience';

/** Numbers of one batch that the rule needs, all computed with the same weights. */
export interface Judged {
  /** P(· | s, a) of each row, `[row, state]`. */
  readonly likelihoods: ArrayLike<number>;
  /** Q(s, s′) of each row, for the successor that was reached. */
  readonly reached: ArrayLike<number>;
  /** Q(s, z(s, a)) of each row, for the neighbour held before. */
  readonly held: ArrayLike<number>;
}

/**
 * The best individual neighbours z(s, a) of section IV (c) in a finite world: for each (s, a) one successor, taken only
 * from data. A neighbour counts once the likelihood model certifies it, P(z | s, a) > δ.
 */
export interface Neighbours extends ActionTable {
  /** `[state × action]` z. */
  readonly best: Int32Array;
  /** `[state × action]` 1 where z counts. */
  readonly certified: Uint8Array;
  /** The rule of section IV for every row in turn. */
  judge(batch: DeepBatch, judged: Judged): void;
  /** Choose anew in a state. @param values holds Q(s, z(s, a)) of its actions at `from`. */
  decide(state: number, values: ArrayLike<number>, from: number, kappa: number): void;
  save(): State;
  restore(state: State): void;
}

/** @param successors how many global states there are. */
export const createNeighbours = (
  { states, actions }: Sizes,
  successors: number,
  delta: number,
  random: Random,
): Neighbours => {
  const best = Int32Array.from({ length: states * actions }, () => random.integer(successors));
  const certified = new Uint8Array(states * actions);
  const policy = new Int32Array(states).fill(-1);
  /** `[state × action]` Q(s, z(s, a)) when the state was last decided, −∞ where z does not count. */
  const values = new Float64Array(states * actions).fill(Number.NEGATIVE_INFINITY);
  /** Q(s, z) of the neighbours that this batch has replaced; NaN for the others. */
  const replaced = new Float64Array(states * actions).fill(Number.NaN);
  return {
    best,
    certified,
    policy,
    judge(batch, { likelihoods, reached, held }) {
      for (let index = 0; index < batch.rows; index++) {
        const place = batch.observations[index] * actions + batch.actions[index];
        const successor = batch.successors[index];
        const likelihood = (state: number): number => likelihoods[index * successors + state];
        const value = Number.isNaN(replaced[place]) ? held[index] : replaced[place];
        const stale = likelihood(best[place]) <= delta;
        if (likelihood(successor) > delta && (stale || value < reached[index])) {
          best[place] = successor;
          replaced[place] = reached[index];
        }
        certified[place] = likelihood(best[place]) > delta ? 1 : 0;
      }
      for (let index = 0; index < batch.rows; index++) {
        replaced[batch.observations[index] * actions + batch.actions[index]] = Number.NaN;
      }
    },
    decide(state, latest, from, kappa) {
      const start = state * actions;
      for (let action = 0; action < actions; action++) {
        values[start + action] =
          certified[start + action] === 1 ? latest[from + action] : Number.NEGATIVE_INFINITY;
      }
      const row = values.subarray(start, start + actions);
      policy[state] = choose(row, state, policy[state], { kappa });
    },
    value: (state, action) => values[state * actions + action],
    save: () => ({
      best: best.slice(),
      certified: certified.slice(),
      policy: policy.slice(),
      values: values.slice(),
    }),
    restore(state) {
      best.set(stateArray(state, 'best', Int32Array, best.length));
      certified.set(stateArray(state, 'certified', Uint8Array, certified.length));
      policy.set(stateArray(state, 'policy', Int32Array, policy.length));
      values.set(stateArray(state, 'values', Float64Array, values.length));
    },
  };
};
