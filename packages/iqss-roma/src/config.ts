import { z } from 'zod';

/** What is known of an option beside its range and default. `source` is the paper, or how the value was found. */
export interface OptionMeta {
  readonly meaning: string;
  readonly source: string;
  readonly unit?: string;
}

const paper = 'Lin et al. 2024 (arXiv 2404.03984)';
const paperText = `${paper}, section V`;
const reconstruction = `not stated in ${paper}; found by reconstructing its figure 3`;
const jiang = 'I2Q, Jiang and Lu 2022 (NeurIPS), released code';
const extension = 'an extension of ours, not in the paper';

const described = <Schema extends z.ZodType>(schema: Schema, meta: OptionMeta): Schema =>
  schema.meta({ ...meta });

const probability = z.number().min(0).max(1);

const timeLimit = described(z.enum(['bootstrap', 'terminal']).default('bootstrap'), {
  meaning:
    'an episode that a time limit cut off is learned from as if the world went on, or as if it had ended',
  source: 'Pardo et al. 2018 (arXiv 1712.00378)',
});

const clock = z.strictObject({
  lag: described(z.int().min(0).max(1e9).default(0), {
    meaning: 'most steps that an agent hears of a turn too late, drawn anew for each agent and turn',
    unit: 'environment steps',
    source: extension,
  }),
  loss: described(probability.default(0), {
    meaning: 'probability that an agent does not hear of a turn at all',
    source: extension,
  }),
});

const adversary = z.strictObject({
  agent: described(z.int().min(0).max(1e6).default(0), {
    meaning: 'which agent plays at random',
    source: extension,
  }),
  during: described(z.enum(['never', 'evaluation', 'senior']).default('never'), {
    meaning: 'when it does: never, while the team is evaluated, or in training while it is a senior',
    source: extension,
  }),
});

/** Options of every schedule; those of turns mean nothing without turns. */
export const scheduleSchema = z.strictObject({
  turn: described(z.int().min(1).max(1e9).default(13_000), {
    meaning: 'length of a turn, after which the next agent collects',
    unit: 'environment steps',
    source: reconstruction,
  }),
  epsilon: described(probability.default(0.8), {
    meaning: 'probability that an exploring agent acts at random',
    source: paperText,
  }),
  trainAll: described(z.boolean().default(false), {
    meaning: 'whether agents who do not collect go on learning from their own replay memory (deep learners)',
    source: `open in ${paper}`,
  }),
  order: described(z.enum(['fixed', 'random']).default('fixed'), {
    meaning: 'seniority by number, or in an order drawn anew for each round',
    source: `${paper}, algorithm 2; random is ${extension}`,
  }),
  clock: clock.prefault({}),
  observationDelay: described(z.int().min(0).max(1000).default(0), {
    meaning: 'how late agents see what happened',
    unit: 'steps of the world',
    source: extension,
  }),
  adversary: adversary.prefault({}),
});

export type ScheduleConfiguration = z.infer<typeof scheduleSchema>;

/** The schedule of MA2QL: those whose turn it is not explore a little. */
export const ma2qlScheduleSchema = scheduleSchema.extend({
  othersEpsilon: described(probability.default(0.1), {
    meaning: 'probability that an agent whose turn it is not acts at random',
    source: 'Su et al. 2022 (arXiv 2209.08244); value ours',
  }),
});

const learner = described(z.enum(['tabular', 'deep']).default('tabular'), {
  meaning: 'tables for finite worlds, or neural networks',
  source: `${paper}, section IV`,
});

const discount = described(probability.default(0.99), {
  meaning: 'worth of a reward one step later, γ',
  source: reconstruction,
});

const learningRate = described(z.number().gt(0).max(1).default(0.1), {
  meaning: 'rate α of the tables',
  source: `${jiang}; not stated in ${paper}`,
});

const kappaOf = (value: number) =>
  described(z.number().min(0).max(1e9).default(value), {
    meaning:
      'an agent keeps its action while it is worth at most this much less than the best; 0 never sticks',
    unit: 'reward',
    source: reconstruction,
  });

const averaging = described(z.enum(['first-visit', 'running-mean', 'constant']).default('first-visit'), {
  meaning:
    'a new value is set by its first visit, is a running mean until its rate falls to α, or moves by α from 0',
  source: `${reconstruction}; running-mean is ${extension}`,
});

const membership = {
  window: described(z.union([z.int().min(1).max(1e8), z.enum(['turn', 'unlimited'])]).default('turn'), {
    meaning: 'how many of its newest transitions an agent remembers: a number, as many as a turn has, or all',
    unit: 'transitions',
    source: reconstruction,
  }),
  delta: described(z.union([probability, z.literal('auto')]).default(0), {
    meaning:
      'a successor counts only above this share, δ; auto is a tenth of the chance of one joint action of those who explore',
    source: `${paper}, section IV; auto is our derivation`,
  }),
  minimumVisits: described(z.int().min(1).max(1e6).default(1), {
    meaning: 'a successor counts only when seen so often; more than 1 against noisy observations',
    source: extension,
  }),
};

const iqssTable = (kappa: number) => ({
  discount,
  learningRate,
  averaging,
  kappa: kappaOf(kappa),
  ...membership,
  doubt: described(z.number().min(0).max(1e9).default(0), {
    meaning: 'subtracted, over √visits, from a value before it is compared; for noisy rewards',
    unit: 'reward',
    source: extension,
  }),
  tieBreak: described(
    z.enum(['lowest-action', 'random-action', 'lowest-successor']).default('lowest-action'),
    {
      meaning:
        'which of equal actions: the lowest, one drawn for each state, or the one towards the lowest state that all agents prefer',
      source: `${reconstruction}; the others are ablations of ours`,
    },
  ),
  timeLimit,
});

const adam = described(z.number().gt(0).max(1).default(1e-3), {
  meaning: 'learning rate of Adam',
  source: reconstruction,
});

const hidden = (units: number[], source: string) =>
  described(z.array(z.int().min(1).max(4096)).max(8).default(units), {
    meaning: 'units of each hidden layer of the value networks',
    source,
  });

/** What all deep learners share. */
const replay = (batchSize: number, source: string) => ({
  learningRate: adam,
  batchSize: described(z.int().min(1).max(65_536).default(batchSize), {
    meaning: 'transitions of one update',
    source,
  }),
  capacity: described(z.union([z.int().min(1).max(1e7), z.literal('turn')]).default('turn'), {
    meaning:
      'most transitions in an agent’s replay memory, the oldest make room: a number, or as many as a turn has',
    unit: 'transitions',
    source: reconstruction,
  }),
  start: described(z.int().min(1).max(1e7).default(128), {
    meaning: 'transitions to collect before the first update',
    unit: 'transitions',
    source: 'ours',
  }),
  every: described(z.int().min(1).max(1e6).default(4), {
    meaning: 'transitions to collect between updates',
    unit: 'transitions',
    source: 'ours',
  }),
  polyak: described(z.number().gt(0).max(1).default(0.005), {
    meaning: 'share of the way that target networks follow in each update',
    source,
  }),
  rewardScale: described(z.number().gt(0).max(1e6).default(0.01), {
    meaning: 'rewards are multiplied by this for the networks',
    source: reconstruction,
  }),
});

const iqssDeep = z.strictObject({
  hidden: hidden([128, 128], reconstruction),
  modelHidden: described(z.array(z.int().min(1).max(4096)).max(8).default([128]), {
    meaning: 'units of each hidden layer of the transition likelihood model',
    source: reconstruction,
  }),
  delta: described(z.union([z.number().gt(0).max(1), z.literal('auto')]).default('auto'), {
    meaning: 'δ for the likelihood model, which never gives 0; auto as for delta',
    source: 'our derivation',
  }),
  ...replay(128, reconstruction),
});

const i2qDeep = z.strictObject({
  hidden: hidden([256, 256], jiang),
  ...replay(100, jiang),
  optimism: described(z.number().min(0).max(1000).default(1), {
    meaning: 'how much the forward model aims at good successors rather than at those that were seen, α',
    source: jiang,
  }),
});

const qDeep = z.strictObject({
  hidden: hidden([128, 128], 'as deep iQSS'),
  ...replay(128, 'as deep iQSS'),
});

const schedule = scheduleSchema.prefault({});

export const iqssSchema = (kappa: number) =>
  z.strictObject({ learner, ...iqssTable(kappa), deep: iqssDeep.prefault({}), schedule });

export const i2qSchema = (kappa: number) =>
  z.strictObject({
    learner,
    discount,
    learningRate,
    averaging,
    kappa: kappaOf(kappa),
    ...membership,
    idealReward: described(z.boolean().default(false), {
      meaning: 'learn Q(s, a) from the reward of the ideal successor instead of the one received (tabular)',
      source: `${jiang} keeps the one received`,
    }),
    timeLimit,
    deep: i2qDeep.prefault({}),
    schedule,
  });

const lossRate = described(z.number().min(0).max(1).default(0.01), {
  meaning: 'rate for results worse than expected, β',
  source: 'Matignon et al. 2007; value ours',
});

const qTable = { learner, discount, learningRate, kappa: kappaOf(0), timeLimit, deep: qDeep.prefault({}) };

export const qSchema = z.strictObject({ ...qTable, schedule });

export const hystereticSchema = z.strictObject({ ...qTable, lossRate, schedule });

export const ma2qlSchema = z.strictObject({ ...qTable, schedule: ma2qlScheduleSchema.prefault({}) });

const epsilon = described(probability.default(0.8), {
  meaning: 'probability that a random joint action is taken',
  source: paperText,
});

export const centralQSchema = z.strictObject({ discount, learningRate, epsilon, timeLimit });

export const centralQssSchema = z.strictObject({ ...iqssTable(0), epsilon }).extend({
  window: described(z.union([z.int().min(1).max(1e8), z.literal('unlimited')]).default('unlimited'), {
    meaning: 'how many of its newest transitions it remembers: a number, or all',
    unit: 'transitions',
    source: 'nothing becomes stale for one who decides for all',
  }),
  delta: described(probability.default(0), {
    meaning: 'a successor counts only above this share, δ',
    source: `${paper}, section IV`,
  }),
});

export type IqssConfiguration = z.infer<ReturnType<typeof iqssSchema>>;
export type I2qConfiguration = z.infer<ReturnType<typeof i2qSchema>>;
export type QConfiguration = z.infer<typeof qSchema>;
export type HystereticConfiguration = z.infer<typeof hystereticSchema>;
export type Ma2qlConfiguration = z.infer<typeof ma2qlSchema>;
export type CentralQConfiguration = z.infer<typeof centralQSchema>;
export type CentralQssConfiguration = z.infer<typeof centralQssSchema>;
