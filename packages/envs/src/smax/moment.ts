import type { Layout } from '@murmuration/core';
import type { Mechanics } from './mechanics';

/** Write everything that one copy shows now. */
export const writeMoment = (
  { battle, show }: Mechanics,
  { agents, observationWidth, stateWidth, actionCount }: Layout,
  copy: number,
  observations: Float32Array,
  state: Float32Array,
  available: Uint8Array,
  active: Uint8Array,
): void => {
  const row = copy * agents;
  const shown = show(copy);
  observations.set(shown.observations, row * observationWidth);
  state.set(shown.state, copy * stateWidth);
  if (actionCount > 0) available.set(shown.available, row * actionCount);
  const first = copy * battle.units;
  for (let agent = 0; agent < agents; agent++) active[row + agent] = battle.alive[first + agent];
};
