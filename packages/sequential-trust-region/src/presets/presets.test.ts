import {
  type Algorithm,
  box,
  discrete,
  type EnvironmentSpec,
  planOf,
  resolveConfiguration,
} from '@murmuration/core';
import { describe, expect, it } from 'vitest';
import * as algorithms from '../algorithms';

const spec: EnvironmentSpec = {
  id: 'any/2',
  agents: ['a', 'b'].map((id) => ({ id, species: 'one', observation: box([2]), action: discrete(2) })),
  state: box([2]),
  sharedReward: true,
  agentsDie: true,
  metrics: [],
  nonStationary: false,
};

/** The same world under names of families that have defaults of their own. */
const families = ['mpe/spread', 'smax/3m', 'mujoco/ant-4x2'];

const all = Object.values(algorithms) as unknown as Algorithm[];

const resolve = (algorithm: unknown, preset: string) =>
  resolveConfiguration(algorithm as Algorithm, spec, { preset });

describe('presets', () => {
  it.each(
    all.flatMap((algorithm) => Object.keys(algorithm.presets).map((name) => [algorithm, name] as const)),
  )('%# are valid', (algorithm, name) => {
    expect(() => resolve(algorithm, name)).not.toThrow();
  });

  it.each(
    all.flatMap((algorithm) => Object.keys(algorithm.presets).map((name) => [algorithm, name] as const)),
  )('%# leave no number of PPO to the world', (algorithm, preset) => {
    const [wanted, ...found] = [spec.id, ...families].map((id) => {
      const { policy, critic, decay, discount, lambda } = resolveConfiguration(
        algorithm,
        { ...spec, id },
        { preset },
      ) as Record<string, object>;
      return { policy, critic: { ...critic, input: undefined }, decay, discount, lambda };
    });
    for (const each of found) expect(each).toEqual(wanted);
  });

  it('are those of the tables', () => {
    expect(resolve(algorithms.clipHappo, 'lv-walker2d-3x2')).toMatchObject({
      timeLimit: 'zero',
      decay: 1e7,
      factor: 'bounded',
      network: { hidden: [128, 128, 128] },
      policy: { clip: 0.05, minibatches: 2, learningRate: 1e-3, entropy: 0, entropyReduction: 'sum' },
      critic: { minibatches: 2, learningRate: 1e-3, input: 'state' },
    });
    expect(resolve(algorithms.clipHatrpo, 'lv-corridor')).toMatchObject({
      policy: { limit: 0.12, backtrack: 0.5, divergence: 'unweighted' },
      network: { recurrent: true },
      critic: { input: 'agent-state', clip: 0.2 },
    });
    expect(resolve(algorithms.happo, 'harl-halfcheetah-2x3')).toMatchObject({
      factor: 'product',
      policy: { clip: 0.05, epochs: 15, entropy: 0.01 },
    });
    expect(resolve(algorithms.mappo, 'yu-5m_vs_6m')).toMatchObject({
      policy: { epochs: 10, clip: 0.05 },
      network: { recurrent: true },
      rollout: 400,
    });
    expect(resolve(algorithms.a2po, 'paper-8m_vs_9m')).toMatchObject({
      policy: { epochs: 15, clip: 0.05 },
      othersClip: 'half',
      blocks: 5,
      critic: { epochs: 30 },
    });
    const halfCheetah = { ...spec, id: 'mujoco/halfcheetah-2x3' };
    expect(resolveConfiguration(algorithms.a2po, halfCheetah, { preset: 'paper-halfcheetah' })).toMatchObject(
      {
        policy: { epochs: 5, minibatches: 1, learningRate: 3e-4 },
        critic: { epochs: 10, minibatches: 1, learningRate: 3e-4, sharing: 'none' },
      },
    );
  });

  it('bring the number of copies that they are made for', () => {
    const copies = (algorithm: unknown, preset: string) =>
      planOf(algorithm as Algorithm, { ...spec, id: 'mujoco/ant-8x1' }, { settings: { preset } }).copies;
    expect(copies(algorithms.clipHappo, 'lv-ant-8x1')).toBe(20);
    expect(copies(algorithms.clipHappo, 'lv-ant-8x1-10')).toBe(10);
    expect(copies(algorithms.hatrpo, 'harl-3s5z')).toBe(20);
    expect(copies(algorithms.mappo, 'yu-5m_vs_6m')).toBe(8);
    expect(copies(algorithms.ippo, 'jaxmarl')).toBe(128);
    expect(copies(algorithms.a2po, 'paper-mmm2')).toBe(8);
    expect(copies(algorithms.a2po, 'paper-halfcheetah')).toBe(20);
  });

  it('do not make one team of rivals', () => {
    const agents = ['one', 'two'].map((species, index) => ({ ...spec.agents[index], species }));
    const rivals = { ...spec, id: 'mpe/tag', agents, sharedReward: false };
    const made = [
      [algorithms.happo, 'harl-mpe'],
      [algorithms.clipHappo, 'lv-spread'],
    ] as const;
    for (const [algorithm, preset] of made) {
      expect(() => resolveConfiguration(algorithm as unknown as Algorithm, rivals, { preset })).toThrow(
        'its agents have different rewards and rewards is own; set rewards=team if they are one team',
      );
    }
  });
});
