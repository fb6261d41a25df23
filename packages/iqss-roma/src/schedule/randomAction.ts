import { boundOf, type EnvironmentSpec, layoutOf, type Random } from '@murmuration/core';

/** Writes a uniformly random action of one agent, among those it can take; `row` counts copies times agents. */
export type RandomAction = (
  agent: number,
  row: number,
  available: Uint8Array,
  random: Random,
  actions: Float32Array,
) => void;

/** Discrete actions are drawn among the available ones, continuous ones within their bounds. */
export const randomActionOf = (spec: EnvironmentSpec): RandomAction => {
  const { actionWidth, actionCount } = layoutOf(spec);
  return (agent, row, available, random, actions) => {
    const { action } = spec.agents[agent];
    if (action.kind === 'box') {
      for (let entry = 0; entry < action.shape.reduce((size, side) => size * side, 1); entry++) {
        const [low, high] = [boundOf(action.low, entry), boundOf(action.high, entry)];
        actions[row * actionWidth + entry] = low + (high - low) * random.uniform();
      }
      return;
    }
    const from = row * actionCount;
    let count = 0;
    for (let choice = 0; choice < action.size; choice++) if (available[from + choice] !== 0) count++;
    let left = random.integer(Math.max(1, count));
    let choice = 0;
    while (choice < action.size - 1 && (available[from + choice] === 0 || left-- > 0)) choice++;
    actions[row * actionWidth] = choice;
  };
};
