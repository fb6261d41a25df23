import type { Preset } from '@murmuration/core';

/** Two stages of an epoch: one pass for the critic alone, one for both. */
const passes = (epochs: number, twoStage: boolean): number => (twoStage ? 2 * epochs : epochs);

const mujoco = (name: string, epochs: number, lambda: number, small = false): Preset => ({
  meaning: `A2PO’s configuration for ${name}; made for 20 copies and 10 million steps`,
  copies: 20,
  values: {
    discount: 0.99,
    lambda,
    timeLimit: 'zero',
    decay: 0,
    rollout: 200,
    network: { hidden: [64, 64, 64], recurrent: true, chunk: 10, hiddenAfter: [64] },
    gaussian: { deviation: 'clipped-exponential', tanhMean: true },
    policy: {
      epochs,
      minibatches: 1,
      clip: small ? 0.1 : 0.2,
      entropy: 0,
      learningRate: small ? 1e-4 : 3e-4,
    },
    critic: {
      sharing: 'none',
      epochs: passes(epochs, true),
      minibatches: 1,
      clip: small ? 0.1 : 0.2,
      learningRate: small ? 1e-4 : 3e-4,
    },
  },
});

/** Map, epochs, λ, clip, blocks, two stages. */
type Map = readonly [
  name: string,
  epochs: number,
  lambda: number,
  clip: number,
  blocks: number,
  twoStage: boolean,
];

const maps: readonly Map[] = [
  ['2c_vs_64zg', 5, 0.95, 0.2, 2, true],
  ['3s5z', 8, 0.95, 0.2, 3, true],
  ['3s5z_vs_3s6z', 5, 0.9, 0.2, 2, false],
  ['3s_vs_5z', 15, 0.95, 0.05, 3, false],
  ['5m_vs_6m', 10, 0.93, 0.05, 2, true],
  ['6h_vs_8z', 8, 0.99, 0.2, 2, false],
  ['8m_vs_9m', 15, 0.95, 0.05, 5, true],
  ['10m_vs_11m', 10, 0.97, 0.2, 2, true],
  ['27m_vs_30m', 5, 0.95, 0.2, 3, true],
  ['mmm', 12, 0.95, 0.2, 3, true],
  ['mmm2', 5, 0.95, 0.2, 2, true],
  ['corridor', 5, 0.95, 0.2, 2, true],
];

const smac = ([name, epochs, lambda, clip, blocks, twoStage]: Map): Preset => ({
  meaning: `A2PO’s script for ${name}; made for 8 copies`,
  copies: 8,
  values: {
    discount: 0.99,
    lambda,
    timeLimit: 'terminal',
    decay: 0,
    rollout: 400,
    sharing: 'team',
    blocks,
    network: {
      hidden: [64, 64, 64],
      recurrent: true,
      chunk: 10,
      hiddenAfter: [64],
      gain: name === 'mmm2' ? 1 : 0.01,
    },
    policy: { epochs, clip, entropy: 0.01, learningRate: 5e-4, minibatches: name === 'mmm2' ? 2 : 1 },
    critic: {
      epochs: passes(epochs, twoStage),
      clip,
      learningRate: 5e-4,
      minibatches: name === 'mmm2' ? 2 : 1,
    },
  },
});

export const a2poPresets: Readonly<Record<string, Preset>> = {
  'paper-ant': mujoco('Ant', 8, 0.93),
  'paper-halfcheetah': mujoco('HalfCheetah', 5, 0.93),
  'paper-hopper': mujoco('Hopper', 8, 0.95, true),
  'paper-humanoid': mujoco('Humanoid', 5, 0.9),
  'paper-humanoidstandup': mujoco('HumanoidStandup', 8, 0.93),
  'paper-walker2d': mujoco('Walker2d', 5, 0.93),
  ...Object.fromEntries(maps.map((map) => [`paper-${map[0]}`, smac(map)] as const)),
};
