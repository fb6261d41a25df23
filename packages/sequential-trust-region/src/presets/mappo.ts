import type { Preset } from '@murmuration/core';

/** Maps of SMAC with the epochs and the clip that MAPPO's scripts give them; those marked play without recurrence. */
const maps: readonly (readonly [names: readonly string[], epochs: number, clip: number])[] = [
  [['3m', '8m', 'mmm', '1c3s5z', '2s_vs_1sc', 'bane_vs_bane'], 15, 0.2],
  [['25m', '10m_vs_11m'], 10, 0.2],
  [['5m_vs_6m'], 10, 0.05],
  [['8m_vs_9m', '3s_vs_5z'], 15, 0.05],
  [['3s5z', '3s5z_vs_3s6z', 'corridor', '6h_vs_8z', '27m_vs_30m', '2c_vs_64zg', 'mmm2'], 5, 0.2],
];

const withoutMemory = new Set(['3s_vs_5z', '6h_vs_8z', 'corridor']);

const own = (epochs: number, clip: number, minibatches = 1) => ({
  discount: 0.99,
  lambda: 0.95,
  timeLimit: 'terminal',
  normaliseAdvantages: 'team',
  decay: 0,
  policy: { epochs, clip, minibatches, learningRate: 5e-4, entropy: 0.01, maximumNorm: 10 },
  critic: { epochs, clip, minibatches, learningRate: 5e-4, maximumNorm: 10 },
});

const smac = (name: string, epochs: number, clip: number): Preset => {
  const values = own(epochs, clip);
  return {
    meaning: `MAPPO’s script for ${name}; made for 8 copies and 10 million steps`,
    copies: 8,
    values: {
      ...values,
      rollout: 400,
      sharing: 'team',
      network: {
        hidden: [64, 64],
        recurrent: !withoutMemory.has(name),
        chunk: 10,
        gain: name === 'mmm2' ? 1 : 0.01,
      },
    },
  };
};

/** MAPPO's and IPPO's own scripts; the critic's input is what tells the two apart and stays as it is. */
export const yu: Readonly<Record<string, Preset>> = {
  ...Object.fromEntries(
    maps.flatMap(([names, epochs, clip]) =>
      names.map((name) => [`yu-${name}`, smac(name, epochs, clip)] as const),
    ),
  ),
  'yu-mpe': {
    meaning: 'MAPPO’s script for particle worlds; made for 128 copies and 20 million steps',
    copies: 128,
    values: {
      ...own(10, 0.2),
      rollout: 25,
      network: { hidden: [64, 64] },
      gaussian: { deviation: 'exponential', scaleToBounds: false },
      policy: { ...own(10, 0.2).policy, learningRate: 7e-4 },
      critic: { ...own(10, 0.2).critic, learningRate: 7e-4 },
    },
  },
};

/** JaxMARL's recurrent learners on SMAX: actor and critic of its IPPO share a trunk, those of its MAPPO do not. */
export const jaxmarl = (
  clip: number,
  entropy: number,
  learningRate: number,
  input: 'observation' | 'agent-state',
): Preset => ({
  meaning: 'JaxMARL’s recurrent learner on SMAX; made for 128 copies and 10 million steps',
  copies: 128,
  values: {
    discount: 0.99,
    lambda: 0.95,
    timeLimit: 'terminal',
    rollout: 128,
    rewards: 'own',
    decay: 1e7,
    normaliseAdvantages: 'team',
    network: {
      hidden: [128],
      recurrent: true,
      chunk: 128,
      hiddenAfter: [128],
      normaliseInputs: false,
      layerNorm: false,
      shareTrunk: input === 'observation',
    },
    policy: { epochs: 4, minibatches: 4, clip, entropy, learningRate, maximumNorm: 0.25 },
    critic: {
      input,
      epochs: 4,
      minibatches: 4,
      clip,
      huber: 'none',
      normalise: false,
      learningRate,
      maximumNorm: 0.25,
      lossWeight: 0.5,
    },
  },
});
