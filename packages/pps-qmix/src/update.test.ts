import { randomFrom } from '@murmuration/core';
import { cloneParameters, joinParameters, ready, tensor, tidy } from '@murmuration/core/tensors';
import { beforeAll, expect, test } from 'vitest';
import { createBatcher } from './batch';
import type { Episode } from './episode';
import { createQmix } from './mixers';
import { createTeamNetworks } from './networks';
import { lossAndGradients, type Valuers } from './update';
import { createInputWriter } from './world';

const box = { kind: 'box', shape: [2], low: -1, high: 1 } as const;
const agent = (id: string) =>
  ({ id, species: 'walker', observation: box, action: { kind: 'discrete', size: 3 } }) as const;
const sizes = { agents: 2, actions: 3, observationWidth: 2, stateWidth: 2, observation: 2, state: 2 };

beforeAll(ready);

const episode = (seed: number, length: number): Episode => {
  const random = randomFrom(seed);
  const uniform = (count: number) => Float32Array.from({ length: count }, () => random.uniform());
  return {
    length,
    observations: uniform(4 * (length + 1)),
    states: uniform(2 * (length + 1)),
    available: new Uint8Array(6 * (length + 1)).fill(1),
    actions: Uint8Array.from({ length: 2 * length }, () => random.integer(3)),
    rewards: uniform(2 * length),
    terminated: seed % 2 === 0,
  };
};

const writer = createInputWriter([agent('a'), agent('b')], sizes, { lastAction: true, agentId: true });
const batchOf = createBatcher(box, sizes, writer, {
  discount: 0.9,
  lambda: 0.5,
  rewardScale: 1,
  timeLimitEnds: false,
  apart: false,
  members: 2,
});
const options = { discount: 0.9, lambda: 0.5, doubleQ: true, units: 8 };
const [a, b, c] = [episode(1, 3), episode(2, 7), episode(3, 4)];

const valuersOf = (): Valuers => {
  const shape = { inputs: writer.width, units: 8, actions: 3, initialiser: 'torch' } as const;
  const team = createTeamNetworks(randomFrom(1), 2, true, shape);
  const mixing = { agents: 2, state: 2, embedding: 4, hypernetworkUnits: 5, hypernetworkLayers: 2 } as const;
  const mixer = createQmix(randomFrom(2), { ...mixing, initialiser: 'torch' });
  return {
    team,
    mixer,
    targetTeam: cloneParameters(team.parameters),
    targetMixer: cloneParameters(mixer.parameters),
    parameters: joinParameters({ agents: team.parameters, mixer: mixer.parameters }),
  };
};

test('however episodes are grouped, the loss and its gradients are the same', async () => {
  const valuers = valuersOf();
  const found = async (groups: Episode[][]): Promise<number[][]> => {
    const all = tidy(() => {
      const result = lossAndGradients(groups.map(batchOf), sizes, valuers, options);
      const { loss, value, target, gradients } = result;
      return [loss, value, target, ...Object.keys(gradients).map((name) => gradients[name])];
    });
    return Promise.all(all.map(async (each) => [...(await each.data())]));
  };
  const together = await found([[a, b, c]]);
  const apart = await found([[a], [c, b]]);
  // Values and targets are sums over the 14 steps that were played.
  expect(together[0][0]).toBeGreaterThan(0.01);
  expect(apart).toHaveLength(together.length);
  apart.forEach((each, index) => {
    each.forEach((value, at) => {
      expect(value).toBeCloseTo(together[index][at], 4);
    });
  });
});

test('gradients are those of finite differences, with targets held still', async () => {
  const valuers = valuersOf();
  const { parameters } = valuers;
  const batch = [batchOf([a, b, c])];
  // Double Q lets what is learned choose among target values, which jumps.
  const still = { ...options, doubleQ: false };
  const results = tidy(() => lossAndGradients(batch, sizes, valuers, still).gradients);
  const lossWith = async (name: string, values: Float32Array): Promise<number> => {
    const weight = parameters[name];
    tidy(() => weight.assign(tensor(values, weight.shape)));
    const [loss] = await tidy(() => lossAndGradients(batch, sizes, valuers, still).loss).data();
    return loss;
  };
  // Small, for the kinks of ReLU.
  const step = 1e-3;
  expect(Object.keys(results).sort()).toEqual(Object.keys(parameters).sort());
  for (const [name, gradient] of Object.entries(results)) {
    const own = Float32Array.from(await parameters[name].data());
    const found = (await gradient.data()) as Float32Array;
    // The entry that matters most: small ones drown in rounding to 32 bits.
    const entry = found.reduce((best, each, at) => (Math.abs(each) > Math.abs(found[best]) ? at : best), 0);
    const moved = (by: number) => own.map((each, at) => (at === entry ? each + by : each));
    const [above, below] = [await lossWith(name, moved(step)), await lossWith(name, moved(-step))];
    await lossWith(name, own);
    const slope = (above - below) / (2 * step);
    expect(Math.abs(slope - found[entry]), `${name}[${entry}]: ${found[entry]}, not ${slope}`).toBeLessThan(
      1e-4 + 0.02 * Math.abs(slope),
    );
  }
});
