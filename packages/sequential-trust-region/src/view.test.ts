import { box, discrete, type EnvironmentSpec } from '@murmuration/core';
import { describe, expect, it } from 'vitest';
import { groupsOf } from './groups';
import { allOf, cutInto, rowsOf, startsOf } from './sequences';
import { createView } from './view';

const spec: EnvironmentSpec = {
  id: 'two-kinds',
  agents: [
    { id: 'a', species: 'sheep', observation: box([2]), action: discrete(2) },
    { id: 'b', species: 'dog', observation: discrete(3), action: discrete(2) },
    { id: 'c', species: 'cow', observation: box([2]), action: discrete(2) },
  ],
  state: discrete(2),
  sharedReward: true,
  agentsDie: true,
  metrics: [],
  nonStationary: false,
};

/** Two moments of three agents. */
const moments = {
  observations: Float32Array.of(1, 2, 2, 0, 3, 4, 5, 6, 0, 0, 7, 8),
  state: Float32Array.of(1, 0),
  active: Uint8Array.of(1, 1, 0, 1, 1, 1),
};

describe('a view', () => {
  it('shows boxes as they are, choices one-hot, and who it is', () => {
    const cattle = createView({
      spec,
      agents: [0, 2],
      parts: ['state', 'observation', 'agent'],
      hideInactive: true,
    });
    expect(cattle.width).toBe(6);
    expect([...cattle.show(moments, Int32Array.of(0, 2, 5))]).toEqual([
      ...[0, 1, 1, 2, 1, 0],
      ...[0, 0, 0, 0, 0, 1],
      ...[1, 0, 7, 8, 0, 1],
    ]);
    const dog = createView({ spec, agents: [1], parts: ['observation'], hideInactive: false });
    expect([...dog.show(moments, Int32Array.of(4, 1))]).toEqual([1, 0, 0, 0, 0, 1]);
  });
});

describe('groups', () => {
  it('are by spaces, by species, or of one', () => {
    expect(groupsOf(spec, 'team')).toEqual([[0, 2], [1]]);
    expect(groupsOf(spec, 'species')).toEqual([[0], [1], [2]]);
    expect(groupsOf(spec, 'none')).toEqual([[0], [1], [2]]);
  });
});

describe('sequences', () => {
  const sequences = cutInto({ steps: 4, length: 2, copies: 2, team: 3, agents: [0, 2] });

  it('are cut out of every copy and agent', () => {
    expect(sequences.count).toBe(8);
    expect([...rowsOf(sequences, Int32Array.of(0, 3, 6))]).toEqual([0, 5, 15, 6, 11, 21]);
    expect([...startsOf(sequences, Int32Array.of(0, 3, 6))]).toEqual([0, 5, 9]);
    const rows = rowsOf(sequences, allOf(sequences));
    expect([...rows].sort((a, b) => a - b)).toEqual([
      0, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18, 20, 21, 23,
    ]);
  });

  it('have to fill a rollout', () => {
    expect(() => cutInto({ steps: 5, length: 2, copies: 1, team: 1, agents: [0] })).toThrow(
      /does not divide/,
    );
  });
});
