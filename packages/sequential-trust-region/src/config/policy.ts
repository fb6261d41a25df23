import { z } from 'zod';
import { count, described, positive } from './option';
import { harl, mappoCode } from './shared';

/** Options of PPO's policy updates. */
export const ppo = z.strictObject({
  learningRate: described(positive.default(5e-4), { meaning: 'learning rate of Adam', source: mappoCode }),
  epochs: described(count.default(5), { meaning: 'passes over a rollout', source: harl }),
  minibatches: described(count.default(1), { meaning: 'parts of a pass', source: mappoCode }),
  clip: described(positive.default(0.2), {
    meaning: 'how far the ratio of probabilities may move, ε',
    source: mappoCode,
  }),
  entropy: described(z.number().min(0).max(100).default(0.01), {
    meaning: 'reward for entropy',
    source: mappoCode,
  }),
  entropyReduction: described(z.enum(['mean', 'sum']).default('mean'), {
    meaning:
      'the mean entropy of a minibatch, or its sum, which HARL before October 2024 and the low-variance code compute by mistake for continuous actions',
    source: harl,
  }),
  maximumNorm: described(positive.default(10), {
    meaning: 'length to which gradients are cut',
    source: mappoCode,
  }),
});

/** Options of the trust region step of HATRPO. */
export const trustRegion = z.strictObject({
  limit: described(positive.default(0.01), {
    meaning: 'largest mean divergence of a step, δ',
    unit: 'nats',
    source: harl,
  }),
  divergence: described(z.enum(['exact', 'unweighted']).default('exact'), {
    meaning:
      'how far two categorical policies are apart: KL, or what HARL computes, which leaves out the probabilities as weights',
    source: `${harl} is unweighted`,
  }),
  iterations: described(count.default(10), { meaning: 'of the conjugate gradient method', source: harl }),
  damping: described(z.number().min(0).max(100).default(0.1), {
    meaning: 'added to the diagonal of the Fisher matrix',
    source: harl,
  }),
  searchSteps: described(count.default(10), { meaning: 'of the line search', source: harl }),
  acceptRatio: described(z.number().min(0).max(1).default(0.5), {
    meaning: 'share of the expected improvement that a step must bring',
    source: harl,
  }),
  backtrack: described(z.number().gt(0).lt(1).default(0.8), {
    meaning: 'factor by which a step that was refused gets shorter',
    source: harl,
  }),
});

export const order = described(z.enum(['random', 'fixed']).default('random'), {
  meaning: 'agents are updated in an order drawn anew for each rollout, or by number',
  source: harl,
});

export const factor = (value: 'product' | 'bounded') =>
  described(z.enum(['product', 'bounded']).default(value), {
    meaning:
      'what the updates of earlier agents multiply advantages with: the product of their ratios, or the product where it is below 1, else 1',
    source: value === 'bounded' ? 'Le and Ta 2025, released code' : harl,
  });

export const factorTiming = described(z.enum(['round', 'epoch']).default('round'), {
  meaning:
    'where agents share a policy the factor of each agent is computed in every round of minibatches, or in the first round of an epoch and kept for the rest, a slip of the low-variance code',
  source: 'ours',
});

const a2poCode = 'A2PO, Wang et al. 2023, released code';

export const othersClip = described(
  z.union([z.number().gt(0).lt(1), z.enum(['half', 'bounded', 'none'])]).default('half'),
  {
    meaning:
      'how the product of the others’ ratios is kept near 1: within 1 ± this, within half of policy.clip, below 1 (the low-variance clip), or not',
    source: a2poCode,
  },
);

/** Options of A2PO beside PPO's. */
export const a2poOptions = {
  order: described(z.enum(['semi-greedy', 'greedy', 'random', 'fixed']).default('semi-greedy'), {
    meaning:
      'who learns first: those whose advantages are largest against their values, by turns with random ones or not; in random order; by number',
    source: a2poCode,
  }),
  scores: described(z.enum(['normalised', 'reward']).default('normalised'), {
    meaning:
      'for the order advantages are divided by values as critics predict them, normalised (the released code), or in units of the reward',
    source: a2poCode,
  }),
  othersClip,
  adaptiveClip: described(z.boolean().default(true), {
    meaning: 'early agents, or those whose ratios have moved, get a smaller clip',
    source: a2poCode,
  }),
  trace: z
    .strictObject({
      correct: described(z.boolean().default(true), {
        meaning:
          'advantages are corrected for what the agents before have become, or stay those of the rollout',
        source: a2poCode,
      }),
      clip: described(positive.default(1), {
        meaning: 'joint ratio above which a trace grows no more, c̄',
        source: a2poCode,
      }),
      lambdaPower: described(z.union([z.literal(1), z.literal(2)]).default(1), {
        meaning: 'how often λ enters a trace: once as in the paper, or twice as in the released code',
        source: 'Wang et al. 2023',
      }),
    })
    .prefault({}),
  blocks: described(count.default(1), {
    meaning: 'blocks of agents that learn one after the other in an epoch, where agents share a policy',
    source: a2poCode,
  }),
};
