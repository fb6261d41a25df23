import { type Reduce, type Rollout, standardise } from '@murmuration/core';

/** Every how many entries one agent's come. */
const columnOf = <Values extends Float32Array | Uint8Array>(
  values: Values,
  team: number,
  agent: number,
  length: number,
): Values => {
  const column = new (values.constructor as new (length: number) => Values)(length);
  for (let index = 0; index < length; index++) column[index] = values[index * team + agent];
  return column;
};

/** One agent's entries of `[time, environment, agent]` in a rollout, without the moment after the last step. */
export const ofAgent = <Values extends Float32Array | Uint8Array>(
  { steps, copies }: Rollout,
  values: Values,
  team: number,
  agent: number,
): Values => columnOf(values, team, agent, steps * copies);

/**
 * Standardise advantages of those who take part: over all agents, for each by itself, or not.
 * @param advantages `[time, environment, agent]`, changed in place
 */
export const standardiseTeam = async (
  rollout: Rollout,
  advantages: Float32Array,
  team: number,
  scope: 'team' | 'agent' | 'none',
  reduce: Reduce,
): Promise<void> => {
  if (scope === 'team') {
    await standardise(advantages, reduce, rollout.active.subarray(0, advantages.length));
  }
  if (scope !== 'agent') return;
  for (let agent = 0; agent < team; agent++) {
    const own = ofAgent(rollout, advantages, team, agent);
    await standardise(own, reduce, ofAgent(rollout, rollout.active, team, agent));
    for (let index = 0; index < own.length; index++) advantages[index * team + agent] = own[index];
  }
};
