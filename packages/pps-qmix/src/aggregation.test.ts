import {
  createParameters,
  disposeParameters,
  type Parameters,
  ready,
  type Tensor2D,
  type Tensor3D,
  tensor,
  zeros,
} from '@murmuration/core/tensors';
import { beforeAll, describe, expect, it } from 'vitest';
import { aggregate, groupsOf, returnWeights, type Share, shares, weightsWithin } from './aggregation';
import { parameterDistance, valueDisagreement } from './diagnostics';
import type { AgentNetwork } from './networks';

beforeAll(() => ready());

const names = ['first/0/weight', 'gru/inputWeight', 'gru/inputBias', 'last/0/bias'];
const agents = (...values: number[]): Parameters[] =>
  values.map((value) =>
    createParameters(
      Object.fromEntries(names.map((name) => [name, { shape: [1], data: Float32Array.of(value) }])),
    ),
  );

const after = async (
  values: number[],
  groups: number[][],
  share?: Share,
  weights?: number[],
): Promise<Record<string, number[]>> => {
  const all = agents(...values);
  aggregate(all, groups, share, weights);
  const found: Record<string, number[]> = {};
  for (const name of names) {
    found[name] = await Promise.all(all.map(async (each) => (await each[name].data())[0]));
  }
  for (const each of all) disposeParameters(each);
  return found;
};

describe('aggregation', () => {
  it('A: the mean for all', async () => {
    const found = await after([1, 2, 6], [[0, 1, 2]]);
    for (const name of names) expect(found[name]).toEqual([3, 3, 3]);
  });

  it('RS: weighted by the softmax of returns', async () => {
    const weights = returnWeights([1, 2, 4], 1);
    [0.04201, 0.114195, 0.843795].forEach((expected, index) => {
      expect(weights[index]).toBeCloseTo(expected, 5);
    });
    const found = await after([1, 2, 6], [[0, 1, 2]], shares.all, weights);
    for (const each of found['gru/inputBias']) expect(each).toBeCloseTo(5.33317, 4);
  });

  it('RS: weights add up to one in each group', () => {
    const [a, alone, b] = weightsWithin([[0, 2], [1]], [3, 100, 4], 2);
    // e^(3/2) against e^(4/2): what others earn does not count.
    expect(a).toBeCloseTo(1 / (1 + Math.exp(0.5)), 6);
    expect(a + b).toBeCloseTo(1, 6);
    expect(alone).toBe(1);
  });

  it('weighs alike at a high temperature, and stands large returns', () => {
    for (const each of returnWeights([1, 2, 4], 1e6)) expect(each).toBeCloseTo(1 / 3, 5);
    expect(returnWeights([2000, 0], 1)).toEqual([1, 0]);
  });

  it('PP: leaves what is personal alone', async () => {
    const paper = await after([1, 3], [[0, 1]], shares['PP-paper']);
    expect(paper).toEqual({
      'first/0/weight': [1, 3],
      'gru/inputWeight': [1, 3],
      'gru/inputBias': [1, 3],
      'last/0/bias': [2, 2],
    });
    const code = await after([1, 3], [[0, 1]], shares['PP-code']);
    expect(code).toEqual({
      'first/0/weight': [2, 2],
      'gru/inputWeight': [2, 2],
      'gru/inputBias': [1, 3],
      'last/0/bias': [1, 3],
    });
  });

  it('keeps kinds apart', async () => {
    const groups = groupsOf(['stalker', 'zealot', 'stalker']);
    expect(groups).toEqual([[0, 2], [1]]);
    expect((await after([1, 5, 3], groups))['last/0/bias']).toEqual([2, 5, 2]);
  });
});

describe('parameter distance', () => {
  it('is the root of the mean squared distance to the mean', async () => {
    const all = agents(1, 3);
    // Four weights, each 1 from the mean, for both agents: √((4 + 4) / 2).
    expect(await parameterDistance(all, [[0, 1]])).toBeCloseTo(2, 6);
    aggregate(all, [[0, 1]]);
    expect(await parameterDistance(all, [[0, 1]])).toBe(0);
  });

  it('counts within groups alone', async () => {
    // The third differs from its own kind by 4 in four weights: √((0 + 0 + 4 · 4 + 4 · 4) / 4).
    expect(
      await parameterDistance(agents(1, 1, 5, 9), [
        [0, 1],
        [2, 3],
      ]),
    ).toBeCloseTo(Math.sqrt(8), 6);
  });
});

describe('disagreement', () => {
  it('is the standard deviation of values within groups, over what counts', async () => {
    const values = (value: number): AgentNetwork => ({
      parameters: {},
      forward: (input) => ({
        // The second moment is masked.
        values: tensor([value, value, 100 * value, 0], [2, 1, 2]) as Tensor3D,
        states: input,
      }),
    });
    const [input, start] = [zeros([2, 1, 3]) as Tensor3D, zeros([1, 4]) as Tensor2D];
    const mask = tensor([1, 0], [2, 1]) as Tensor2D;
    const networks = [1, 3, 7].map(values);
    // Deviations 1 for two networks and 0 for the one by itself.
    expect(await valueDisagreement(networks, [[0, 1], [2]], input, start, mask)).toBeCloseTo(2 / 3, 6);
  });
});
