import type { EnvironmentSpec } from '@murmuration/core';

/** Who has a network together: all agents with the same spaces, those of a species, or nobody. */
export type Sharing = 'team' | 'species' | 'none';

/** Agents that have one network together, in the order of the first of each. */
export const groupsOf = ({ agents }: EnvironmentSpec, sharing: Sharing): number[][] => {
  const groups = new Map<string, number[]>();
  for (const [agent, { id, species, observation, action }] of agents.entries()) {
    const name = { team: JSON.stringify([observation, action]), species, none: id }[sharing];
    groups.set(name, [...(groups.get(name) ?? []), agent]);
  }
  return [...groups.values()];
};
