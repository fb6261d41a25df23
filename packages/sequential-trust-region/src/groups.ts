import type { EnvironmentSpec } from '@murmuration/core';

/** Agents that have one network together: those of a species, or each by itself; in the order of the first of each. */
export const groupsOf = ({ agents }: EnvironmentSpec, sharing: 'species' | 'none'): number[][] => {
  const groups = new Map<string, number[]>();
  for (const [agent, { id, species }] of agents.entries()) {
    const name = sharing === 'species' ? `species ${species}` : `agent ${id}`;
    groups.set(name, [...(groups.get(name) ?? []), agent]);
  }
  return [...groups.values()];
};
