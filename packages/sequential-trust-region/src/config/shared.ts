import { z } from 'zod';
import { count, described, positive, probability } from './option';

export const mappoCode = 'MAPPO, Yu et al. 2022, released code';
export const harl = 'HARL, released code';
const ours = 'ours';

const units = z.array(z.int().min(1).max(4096)).max(8);

export const discount = described(probability.default(0.99), {
  meaning: 'worth of a reward one step later, γ',
  source: harl,
});

export const lambda = described(probability.default(0.95), {
  meaning: 'λ of generalised advantage estimation: 0 looks one step ahead, 1 to the end',
  source: harl,
});

export const timeLimit = described(z.enum(['bootstrap', 'zero', 'terminal']).default('bootstrap'), {
  meaning:
    'an episode that a time limit cut off goes on with the value of its last moment, has an advantage of 0 in its last step (HARL), or is learned from as if it had ended (JaxMARL)',
  source: 'Pardo et al. 2018 (arXiv 1712.00378)',
});

export const rewards = described(z.enum(['own', 'team']).default('team'), {
  meaning: 'each agent learns from its own reward, or all from the mean of the team',
  source: `${harl} gives all agents the sum`,
});

export const rollout = described(count.default(200), {
  meaning: 'steps of each copy between updates',
  unit: 'steps of the world',
  source: harl,
});

export const sharing = (value: 'team' | 'none') =>
  described(z.enum(['team', 'species', 'none']).default(value), {
    meaning: 'all agents with the same spaces share a policy, those of one species do, or each has its own',
    source: value === 'team' ? mappoCode : harl,
  });

export const showAgent = described(z.boolean().default(false), {
  meaning: 'show an actor that several agents share which of them it acts for',
  source: mappoCode,
});

export const normaliseAdvantages = (value: 'team' | 'agent') =>
  described(z.enum(['team', 'agent', 'none']).default(value), {
    meaning: 'advantages are standardised over all agents together, for each by itself, or not',
    source: value === 'team' ? mappoCode : harl,
  });

export const decay = described(z.number().min(0).max(1e12).default(0), {
  meaning: 'learning rates fall over so many steps; 0 keeps them',
  unit: 'environment steps',
  source: harl,
});

export const decayFloor = described(probability.default(0), {
  meaning: 'share of the learning rates that remains when they have fallen',
  source: 'ours',
});

export const network = z.strictObject({
  hidden: described(units.min(1).default([64, 64]), {
    meaning: 'units of the dense layers',
    source: mappoCode,
  }),
  activation: described(z.enum(['relu', 'tanh']).default('relu'), {
    meaning: 'activation of the dense layers',
    source: harl,
  }),
  recurrent: described(z.boolean().default(false), {
    meaning: 'a gated recurrent unit after the dense layers, as wide as the last of them',
    source: mappoCode,
  }),
  chunk: described(count.default(10), {
    meaning: 'steps over which a recurrent network is trained; divides rollout',
    unit: 'steps of the world',
    source: mappoCode,
  }),
  hiddenAfter: described(units.default([]), {
    meaning: 'units of dense layers after the recurrent one',
    source: 'A2PO and JaxMARL have one',
  }),
  normaliseInputs: described(z.boolean().default(true), {
    meaning: 'layer normalisation of what networks see',
    source: mappoCode,
  }),
  layerNorm: described(z.boolean().default(true), {
    meaning: 'layer normalisation after every dense and recurrent layer',
    source: mappoCode,
  }),
  gain: described(positive.default(0.01), {
    meaning: 'gain of the orthogonal weights of the layer that gives actions',
    source: mappoCode,
  }),
});

export const gaussian = z.strictObject({
  deviation: described(z.enum(['sigmoid', 'exponential', 'clipped-exponential']).default('sigmoid'), {
    meaning:
      'standard deviation of continuous actions from its free parameter: cap · sigmoid(ℓ/stretch) (HARL), exp ℓ (MAPPO), exp of ℓ clipped to −20 … 2 (A2PO)',
    source: harl,
  }),
  start: described(z.union([z.number().min(-20).max(20), z.literal('auto')]).default('auto'), {
    meaning: 'the free parameter at the start; auto is stretch, 0 or −0.5 by the form',
    source: harl,
  }),
  stretch: described(positive.default(1), { meaning: 'of the sigmoid form', source: harl }),
  cap: described(positive.default(0.5), {
    meaning: 'largest standard deviation of the sigmoid form',
    source: harl,
  }),
  tanhMean: described(z.boolean().default(false), {
    meaning: 'the mean goes through tanh',
    source: 'A2PO, released code, on MuJoCo',
  }),
  scaleToBounds: described(z.boolean().default(true), {
    meaning:
      '−1 … 1 of the policy is stretched to the bounds of the action space, before it is clipped to them',
    source: `${ours}; HARL only clips`,
  }),
});

export const critic = (input: 'state' | 'agent-state' | 'observation') =>
  z.strictObject({
    input: described(z.enum(['state', 'agent-state', 'observation']).default(input), {
      meaning:
        'what is valued: the global state (one value for the team), the state beside each agent’s observation and number, or each agent’s observation alone (IPPO)',
      source: mappoCode,
    }),
    sharing: described(z.enum(['team', 'species', 'none']).default('team'), {
      meaning:
        'all agents with the same spaces share a critic, those of one species do, or each has its own; input = state with team is one value for all',
      source: mappoCode,
    }),
    learningRate: described(positive.default(5e-4), { meaning: 'learning rate of Adam', source: harl }),
    epochs: described(count.default(5), { meaning: 'passes over a rollout', source: harl }),
    minibatches: described(count.default(1), { meaning: 'parts of a pass', source: harl }),
    clip: described(z.union([positive, z.literal('none')]).default(0.2), {
      meaning: 'how far a prediction moves before the loss stops rewarding it, ε',
      source: mappoCode,
    }),
    huber: described(z.union([positive, z.literal('none')]).default(10), {
      meaning: 'error from which the loss grows straight, δ',
      source: mappoCode,
    }),
    huberSides: described(z.enum(['both', 'above']).default('both'), {
      meaning:
        'errors beyond δ count on both sides, or above alone: where a prediction is more than δ too high it costs nothing, a slip of MAT, A2PO and the first HAPPO code',
      source: mappoCode,
    }),
    normalise: described(z.boolean().default(true), {
      meaning: 'predict returns less their running mean, over their running deviation',
      source: mappoCode,
    }),
    hideInactive: described(z.boolean().default(true), {
      meaning: 'show zeros for an agent that has died (death masking); not where the team has one value',
      source: mappoCode,
    }),
    maskInactive: described(z.boolean().default(false), {
      meaning: 'leave dead agents out of the value loss; not where the team has one value',
      source: `${mappoCode} leaves them in`,
    }),
    maximumNorm: described(positive.default(10), {
      meaning: 'length to which gradients are cut',
      source: mappoCode,
    }),
  });

export const base = {
  discount,
  lambda,
  timeLimit,
  rewards,
  rollout,
  decay,
  decayFloor,
  showAgent,
  network: network.prefault({}),
  gaussian: gaussian.prefault({}),
};
