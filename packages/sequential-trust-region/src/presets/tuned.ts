import type { Preset } from '@murmuration/core';
import type { Tuned } from './tables';

/** What is common to a kind of task in HARL and in the low-variance code. */
const tasks = {
  mujoco: { hidden: [128, 128, 128], rollout: 200 },
  mpe: { hidden: [128, 128], rollout: 200 },
  smac: { hidden: [64, 64, 64], rollout: 160 },
};

/** Everything that differs from our defaults: what was tuned, and their habits. */
const valuesOf = (tuned: Tuned): Record<string, unknown> => {
  const { task, agentStates = false, decays = false, steps = 1e7 } = tuned;
  const {
    clip = 0.2,
    epochs = 5,
    minibatches = 1,
    learningRate = 5e-4,
    entropy = 0.01,
    shared = false,
  } = tuned;
  const { hidden, rollout } = tasks[task];
  const trusts = tuned.limit !== undefined;
  return {
    discount: tuned.discount ?? 0.99,
    lambda: 0.95,
    timeLimit: 'zero',
    rollout,
    sharing: shared ? 'team' : 'none',
    normaliseAdvantages: agentStates || shared ? 'team' : 'agent',
    decay: decays ? steps : 0,
    network: { hidden: tuned.hidden ?? hidden, recurrent: tuned.recurrent ?? false, chunk: 10 },
    gaussian: { scaleToBounds: task !== 'mpe' },
    policy: trusts
      ? { limit: tuned.limit, backtrack: tuned.backtrack ?? 0.8, divergence: 'unweighted' }
      : {
          clip,
          epochs,
          minibatches,
          learningRate,
          entropy,
          maximumNorm: tuned.maximumNorm ?? 10,
          // The configurations were tuned, or all runs made, with this mistake.
          entropyReduction: task === 'smac' ? 'mean' : 'sum',
        },
    critic: {
      input: agentStates ? 'agent-state' : 'state',
      sharing: 'team',
      clip,
      epochs,
      minibatches,
      learningRate: tuned.criticLearningRate ?? 5e-4,
      maximumNorm: tuned.maximumNorm ?? 10,
    },
  };
};

const titles = { harl: 'HARL’s tuned configuration', lv: 'the low-variance code’s configuration' };

/** Presets `harl-…` or `lv-…`, one for each row. */
export const presetsOf = (name: 'harl' | 'lv', rows: readonly Tuned[]): Record<string, Preset> =>
  Object.fromEntries(
    rows.map((tuned) => {
      const { copies = 20, steps = 1e7 } = tuned;
      const meaning = `${titles[name]} for ${tuned.name}; made for ${copies} copies and ${steps} steps`;
      return [`${name}-${tuned.name}`, { meaning, copies, values: valuesOf(tuned) }];
    }),
  );
