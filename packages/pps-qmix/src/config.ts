import { z } from 'zod';

/** What is known of an option beside its range and default. */
interface OptionMeta {
  readonly meaning: string;
  readonly source: string;
  readonly unit?: string;
}

const described = <Schema extends z.ZodType>(schema: Schema, meta: OptionMeta): Schema =>
  schema.meta({ ...meta });

const pymarl = 'pymarl (Samvelyan et al. 2019), config/algs/qmix.yaml';
const pymarl2 = 'pymarl2 (Hu et al. 2021), config/algs/qmix.yaml';
const released = 'PPS-QMIX (arXiv 2403.02635), released code';

/** Episodes of an update, and those that are remembered where they fit. */
export const usualEpisodes = { batch: 32, buffer: 2000 };

const count = z.int().min(1).max(1e9);

const exploration = z.strictObject({
  start: described(z.number().min(0).max(1).default(1), {
    meaning: 'probability of a random available action at first, drawn for each agent apart',
    source: pymarl,
  }),
  end: described(z.number().min(0).max(1).default(0.05), { meaning: 'the same at last', source: pymarl }),
  steps: described(z.int().min(0).max(1e9).default(30_000), {
    meaning: 'steps over which it falls linearly',
    unit: 'environment steps',
    source: `50,000: ${pymarl} and our default on SMAX; 30,000: ours`,
  }),
});

const rules = ['none', 'A', 'RS', 'PP-paper', 'PP-code'] as const;
export type AggregationRule = (typeof rules)[number];

const aggregation = (rule: AggregationRule) =>
  z.strictObject({
    rule: described(z.enum(rules).default(rule), {
      meaning:
        'A: the mean of all weights; RS: weighted by what each network earns when all agents use it; PP-paper: the mean of the value layer alone; PP-code: the mean of the first layer and the recurrent weights alone',
      source: `${released}; PP-paper: the paper’s text`,
    }),
    every: described(count.default(300), { meaning: 'K, the period', unit: 'updates', source: released }),
    groups: described(z.enum(['species', 'all']).default('species'), {
      meaning: 'whether agents share with those of their own kind, or with all',
      source: 'species: the paper; all: the released code',
    }),
    temperature: described(z.number().min(1e-6).max(1e6).default(1), {
      meaning: 'RS: of the softmax over returns; high is near A',
      unit: 'return',
      source: '1: released code; the option is ours',
    }),
    episodes: described(z.int().min(1).max(10_000).default(10), {
      meaning: 'RS: greedy episodes that each network is weighed by',
      source: released,
    }),
  });

/**
 * Options of QMIX, VDN and independent Q-learning; defaults are those that hold anywhere but on SMAX.
 * @param rule by which agents share weights; with one they have networks of their own
 */
export const schemaFor = (rule: AggregationRule) =>
  z.strictObject({
    shareParameters: described(z.boolean().default(rule === 'none'), {
      meaning: 'one network for all agents; otherwise one for each',
      source: `true: ${pymarl}; false: PPS-QMIX`,
    }),
    lastAction: described(z.boolean().default(true), {
      meaning: 'agents see their last action',
      source: pymarl,
    }),
    agentId: described(z.boolean().default(true), { meaning: 'agents see their number', source: pymarl }),
    hiddenUnits: described(z.int().min(1).max(4096).default(64), {
      meaning: 'of the first layer and the recurrent unit',
      unit: 'units',
      source: pymarl,
    }),
    initialiser: described(z.enum(['torch', 'orthogonal']).default('torch'), {
      meaning: 'how weights start',
      source: `torch: ${pymarl}; orthogonal: ${released}`,
    }),
    mixer: z
      .strictObject({
        embedding: described(z.int().min(1).max(4096).default(32), {
          meaning: 'width of the mixing network',
          unit: 'units',
          source: pymarl,
        }),
        hypernetworkUnits: described(z.int().min(1).max(4096).default(64), {
          meaning: 'of the hypernetworks’ hidden layer',
          unit: 'units',
          source: pymarl,
        }),
        hypernetworkLayers: described(z.union([z.literal(1), z.literal(2)]).default(2), {
          meaning: 'layers of the hypernetworks that give weights',
          source: `2: ${pymarl}; 1: ${released}`,
        }),
      })
      .prefault({}),
    discount: described(z.number().min(0).max(1).default(0.99), { meaning: 'γ', source: pymarl }),
    lambda: described(z.number().min(0).max(1).default(0.6), {
      meaning: 'λ of the returns that are learned; 0 is one step',
      source: `0: ${pymarl}; 0.6: ${pymarl2}`,
    }),
    doubleQ: described(z.boolean().default(true), {
      meaning: 'the online network chooses the action whose value the target network gives',
      source: pymarl,
    }),
    rewardScale: described(z.number().min(-1e9).max(1e9).default(1), {
      meaning: 'what rewards are multiplied by before they are learned',
      source: 'JaxMARL, ql_rnn_smax.yaml has 10',
    }),
    timeLimit: described(z.enum(['bootstrap', 'terminal']).default('bootstrap'), {
      meaning:
        'an episode that a time limit cut off is learned from as if the world went on, or as if it had ended',
      source: `${pymarl} with the episode_limit flag; terminal: without`,
    }),
    optimiser: described(z.enum(['rmsprop', 'adam', 'radam']).default('adam'), {
      meaning: 'RMSprop has decay 0.99 and ε 1e-5',
      source: `rmsprop: ${pymarl}; adam: ${pymarl2} and ${released}; radam: JaxMARL`,
    }),
    learningRate: described(z.number().min(0).max(1).default(5e-4), {
      meaning: 'step size',
      source: `5e-4: ${pymarl} and ${released}; 1e-3: ${pymarl2}, and our default on SMAX`,
    }),
    decay: described(z.number().min(0).max(1e12).default(0), {
      meaning: 'the learning rate falls linearly over so many steps; 0 keeps it',
      unit: 'environment steps',
      source: 'JaxMARL’s PQN; pymarl keeps it',
    }),
    decayFloor: described(z.number().min(0).max(1).default(0.05), {
      meaning: 'share of the learning rate that remains when it has fallen',
      source: 'ours',
    }),
    maximumNorm: described(z.number().min(1e-9).max(1e9).default(10), {
      meaning: 'largest length of all gradients together',
      source: pymarl,
    }),
    batchEpisodes: described(z.int().min(1).max(100_000).default(32), {
      meaning: 'episodes of an update',
      source: pymarl,
    }),
    bufferEpisodes: described(z.int().min(1).max(1e6).default(usualEpisodes.buffer), {
      meaning: 'episodes that are remembered, at their true length',
      source: `5000: ${pymarl}; 2000: ours`,
    }),
    episodesPerUpdate: described(z.int().min(1).max(100_000).default(8), {
      meaning: 'episodes that are collected for each update',
      source: `1: ${pymarl}; 8: its published runs on SMAC, and ${pymarl2}; 4: our default on SMAX`,
    }),
    targetEvery: described(count.default(25), {
      meaning: 'updates from one copy of the target networks to the next',
      unit: 'updates',
      source: `200: ${pymarl} (200 episodes) and ${released}; 25: ${pymarl2} (200 episodes); 20: our default on SMAX`,
    }),
    exploration: exploration.prefault({}),
    aggregation: aggregation(rule).prefault({}),
  });

/** Options of QMIX, VDN and independent Q-learning. */
export const valueSchema = schemaFor('none');

export type ValueConfiguration = z.infer<typeof valueSchema>;
