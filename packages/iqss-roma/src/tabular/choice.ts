import type { Random } from '@murmuration/core';

/** Values closer than this are ties when nothing sticks. */
const tie = 1e-9;

/** How an agent chooses among its actions' values. */
export interface Choice {
  /**
   * Stay with the action chosen before while it is worth at most this much less than the best, in units of reward.
   * Two joint optima are worth the same, so that without it the smallest error of the values makes an agent change
   * sides, and all who follow it are wrong until their next turn.
   */
  readonly kappa: number;
  /** `[state, action]` which action wins a tie: the one of the lowest rank. The lowest action where left out. */
  readonly ranks?: Uint16Array;
}

/** For each state its own random order of the actions, drawn once. */
export const drawRanks = (states: number, actions: number, random: Random): Uint16Array => {
  const ranks = new Uint16Array(states * actions);
  for (let start = 0; start < ranks.length; start += actions) {
    for (let action = 0; action < actions; action++) {
      const other = random.integer(action + 1);
      ranks[start + action] = ranks[start + other];
      ranks[start + other] = action;
    }
  }
  return ranks;
};

/**
 * The sticky argmax of one state.
 * @param values `[action]`, −∞ for actions of which nothing is known.
 * @param current the action chosen before in this state, −1 if none.
 */
export const choose = (
  values: Float64Array,
  state: number,
  current: number,
  { kappa, ranks }: Choice,
): number => {
  let best = values[0];
  for (let action = 1; action < values.length; action++) if (values[action] > best) best = values[action];
  if (kappa > 0 && current >= 0 && values[current] >= best - kappa) return current;
  let chosen = -1;
  for (let action = 0; action < values.length; action++) {
    if (values[action] < best - tie) continue;
    if (!ranks) return action;
    const start = state * values.length;
    if (chosen < 0 || ranks[start + action] < ranks[start + chosen]) chosen = action;
  }
  return chosen;
};
