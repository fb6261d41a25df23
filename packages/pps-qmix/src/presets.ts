import type { Preset } from '@murmuration/core';

const pymarlMixer = { embedding: 32, hypernetworkUnits: 64, hypernetworkLayers: 2 };

/** Settings of published code; each names all options in which it differs from another. */
export const presets: Readonly<Record<string, Preset>> = {
  pymarl: {
    meaning: 'pymarl’s QMIX',
    copies: 1,
    values: {
      optimiser: 'rmsprop',
      learningRate: 5e-4,
      lambda: 0,
      decay: 0,
      batchEpisodes: 32,
      bufferEpisodes: 5000,
      episodesPerUpdate: 1,
      targetEvery: 200,
      rewardScale: 1,
      hiddenUnits: 64,
      initialiser: 'torch',
      mixer: pymarlMixer,
      exploration: { start: 1, end: 0.05, steps: 50_000 },
    },
  },
  pymarl2: {
    meaning: 'pymarl2’s tuned QMIX',
    copies: 8,
    values: {
      optimiser: 'adam',
      learningRate: 1e-3,
      lambda: 0.6,
      decay: 0,
      batchEpisodes: 128,
      bufferEpisodes: 5000,
      episodesPerUpdate: 8,
      targetEvery: 25,
      rewardScale: 1,
      hiddenUnits: 64,
      initialiser: 'torch',
      mixer: pymarlMixer,
      exploration: { start: 1, end: 0.05, steps: 100_000 },
    },
  },
  jaxmarl: {
    meaning:
      'JaxMARL’s QMIX on SMAX, with whole episodes in the place of 128 steps, and without its smaller first weights of the mixer',
    copies: 16,
    values: {
      optimiser: 'radam',
      learningRate: 5e-5,
      lambda: 0,
      decay: 0,
      batchEpisodes: 32,
      bufferEpisodes: 5000,
      episodesPerUpdate: 4,
      // Every 10 rollouts, with 8 updates after each.
      targetEvery: 80,
      timeLimit: 'terminal',
      rewardScale: 10,
      hiddenUnits: 512,
      lastAction: false,
      initialiser: 'orthogonal',
      mixer: { embedding: 64, hypernetworkUnits: 256, hypernetworkLayers: 2 },
      exploration: { start: 1, end: 0.05, steps: 1_000_000 },
    },
  },
  paper: {
    meaning: 'the released code of PPS-QMIX',
    copies: 1,
    values: {
      optimiser: 'adam',
      learningRate: 5e-4,
      lambda: 0,
      decay: 0,
      batchEpisodes: 96,
      bufferEpisodes: 5000,
      episodesPerUpdate: 1,
      targetEvery: 200,
      rewardScale: 1,
      hiddenUnits: 64,
      initialiser: 'orthogonal',
      mixer: { embedding: 32, hypernetworkUnits: 64, hypernetworkLayers: 1 },
      exploration: { start: 1, end: 0.05, steps: 50_000 },
      aggregation: { every: 300, groups: 'all', temperature: 1, episodes: 10 },
    },
  },
};
