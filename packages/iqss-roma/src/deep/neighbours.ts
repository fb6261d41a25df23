import { type Random, type State, stateArray } from '@murmuration/core';
import type { ActionTable } from '../tabular/act';
import { choose } from '../tabular/choice';
import type { Sizes } from '../tabular/transition';
import type { DeepBatch } from './experience';

/** What the networks say of one batch, all with the same weights. */
export interface Judgement {
  /** P(s′ | s, a). */
  likelihood(state: number, action: number, successor: number): number;
  /** Q(s, s′), for what the batch reached and for the neighbours held before. */
  value(state: number, successor: number): number;
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
  judge(batch: DeepBatch, judgement: Judgement): void;
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
  return {
    best,
    certified,
    policy,
    judge(batch, { likelihood, value }) {
      for (let row = 0; row < batch.rows; row++) {
        const [state, action, successor] = [
          batch.observations[row],
          batch.actions[row],
          batch.successors[row],
        ];
        const place = state * actions + action;
        const stale = likelihood(state, action, best[place]) <= delta;
        const likely = likelihood(state, action, successor) > delta;
        if (likely && (stale || value(state, best[place]) < value(state, successor))) best[place] = successor;
        certified[place] = likelihood(state, action, best[place]) > delta ? 1 : 0;
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
