import type { Layout } from '@murmuration/core';
import { writeAvailable } from './available';
import type { Mechanics } from './mechanics';
import { writeState } from './worldState';

/** Write everything that one copy shows now. */
export const writeMoment = (
  { battle, observe }: Mechanics,
  { agents, observationWidth, stateWidth, actionCount }: Layout,
  copy: number,
  observations: Float32Array,
  state: Float32Array,
  available: Uint8Array,
  active: Uint8Array,
): void => {
  const row = copy * agents;
  observe(copy, observations, row * observationWidth);
  writeState(battle, copy, state, copy * stateWidth);
  const first = copy * battle.units;
  for (let agent = 0; agent < agents; agent++) {
    active[row + agent] = battle.alive[first + agent];
    if (actionCount === 0) continue;
    // A team with fewer opponents has fewer actions than the row has room for; the rest stays 0.
    writeAvailable(battle, first + agent, available, (row + agent) * actionCount);
  }
};
