import { randomFrom } from '@murmuration/core';
import {
  disposeParameters,
  type Parameters,
  ready,
  reshape,
  type Tensor2D,
  type Tensor3D,
  tensor,
  tidy,
} from '@murmuration/core/tensors';
import { beforeAll, describe, expect, it } from 'vitest';
import { createQmix, valueDecomposition } from './mixers';
import { createAgentNetwork, createTeamNetworks } from './networks';

beforeAll(() => ready());

const count = (parameters: Parameters): number =>
  Object.values(parameters).reduce((sum, { size }) => sum + size, 0);

const matrix = (rows: number, columns: number, seed: number): Tensor2D => {
  const random = randomFrom(seed);
  return tensor(
    Float32Array.from({ length: rows * columns }, () => random.normal()),
    [rows, columns],
  ) as Tensor2D;
};

describe('networks of 2s3z', () => {
  it('have as many weights as pymarl’s and the released code’s', () => {
    const agent = createAgentNetwork(randomFrom(1), {
      inputs: 127 + 10 + 5,
      units: 64,
      actions: 10,
      initialiser: 'torch',
    });
    expect(count(agent.parameters)).toBe(34_762);
    const shape = {
      agents: 5,
      state: 120,
      embedding: 32,
      hypernetworkUnits: 64,
      initialiser: 'torch',
    } as const;
    const two = createQmix(randomFrom(1), { ...shape, hypernetworkLayers: 2 });
    const one = createQmix(randomFrom(1), { ...shape, hypernetworkLayers: 1 });
    expect([count(two.parameters), count(one.parameters)]).toEqual([35_745, 31_009]);
    for (const { parameters } of [agent, two, one]) disposeParameters(parameters);
  });
});

describe('the mixer', () => {
  const shape = {
    agents: 3,
    state: 4,
    embedding: 5,
    hypernetworkUnits: 6,
    hypernetworkLayers: 2,
    initialiser: 'torch',
  } as const;

  it('never gives a team less when an agent’s value rises', async () => {
    const mixer = createQmix(randomFrom(2), shape);
    const [values, state] = [matrix(20, 3, 3), matrix(20, 4, 4)];
    const before = await mixer.mix(values, state).data();
    for (let agent = 0; agent < 3; agent++) {
      const risen = Float32Array.from(await values.data());
      for (let row = 0; row < 20; row++) risen[row * 3 + agent] += 0.5;
      const after = await mixer.mix(tensor(risen, [20, 3]) as Tensor2D, state).data();
      after.forEach((each, row) => {
        expect(each).toBeGreaterThanOrEqual(before[row]);
      });
    }
    disposeParameters(mixer.parameters);
  });

  it('of VDN is the sum', async () => {
    const values = tensor([1, 2, 3, -1, 0, 4], [2, 3]) as Tensor2D;
    expect([...(await valueDecomposition.mix(values, values).data())]).toEqual([6, 3]);
  });
});

describe('a team', () => {
  it('gives each agent the values of its own network, in the order of agents', async () => {
    const shape = { inputs: 4, units: 3, actions: 2, initialiser: 'orthogonal' } as const;
    const team = createTeamNetworks(randomFrom(5), 3, false, shape);
    const inputs = [6, 7, 8].map((seed) => reshape(matrix(4, 4, seed), [2, 2, 4]) as Tensor3D);
    const start = tidy(() => matrix(2, 3, 9));
    const values = await team.values(inputs, start).array();
    for (const [agent, network] of team.networks.entries()) {
      const own = await network.forward(inputs[agent], start).values.array();
      expect(values.map((time) => time.map((episode) => episode[agent]))).toEqual(own);
    }
    disposeParameters(team.parameters);
  });

  it('with one network for all orders its rows by episode, then agent', async () => {
    const team = createTeamNetworks(randomFrom(5), 2, true, {
      inputs: 4,
      units: 3,
      actions: 2,
      initialiser: 'torch',
    });
    const input = reshape(matrix(12, 4, 6), [2, 6, 4]) as Tensor3D;
    const start = matrix(6, 3, 9);
    const values = await team.values([input], start).data();
    expect(values).toEqual(await team.networks[0].forward(input, start).values.data());
    expect(team.values([input], start).shape).toEqual([2, 3, 2, 2]);
    disposeParameters(team.parameters);
  });
});
