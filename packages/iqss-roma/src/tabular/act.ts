import { type EnvironmentSpec, type IndependentLearner, layoutOf } from '@murmuration/core';
import { sizesOf } from './transition';

/** What acting by a table needs. */
export interface ActionTable {
  /** `[state]` the greedy action, −1 where nothing is known. */
  readonly policy: Int32Array;
  /** What an action is worth, −∞ where nothing is known. */
  value(state: number, action: number): number;
}

/** The best action that a mask allows. @param from where the agent's row of `available` begins. */
const bestAvailable = (
  table: ActionTable,
  state: number,
  available: Uint8Array,
  from: number,
  actions: number,
): number => {
  let chosen = -1;
  let best = Number.NEGATIVE_INFINITY;
  for (let action = 0; action < actions; action++) {
    if (available[from + action] === 0) continue;
    const value = table.value(state, action);
    if (chosen >= 0 && value <= best) continue;
    chosen = action;
    best = value;
  }
  return chosen;
};

/** Greedy actions by look-up; where the greedy one cannot be taken, the best of those that can. */
export const actByTable = (
  spec: EnvironmentSpec,
  agent: number,
  table: ActionTable,
): IndependentLearner['act'] => {
  const { agents, observationWidth, actionWidth, actionCount } = layoutOf(spec);
  const { actions } = sizesOf(spec, agent);
  return (frame, chosen) => {
    for (let row = agent; row < frame.copies * agents; row += agents) {
      const state = frame.observations[row * observationWidth];
      const greedy = Math.max(0, table.policy[state]);
      const available = frame.availableActions[row * actionCount + greedy] !== 0;
      chosen[row * actionWidth] = available
        ? greedy
        : bestAvailable(table, state, frame.availableActions, row * actionCount, actions);
    }
  };
};
