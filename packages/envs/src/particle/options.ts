import { z } from 'zod';

const shared = {
  rules: z
    .enum(['pettingzoo', 'jaxmarl'])
    .default('pettingzoo')
    .describe(
      'pettingzoo: 25 steps, continuous actions clipped, obstacles start within ±0.9; jaxmarl: 26 steps, as they are, within ±1',
    ),
  actions: z
    .enum(['discrete', 'continuous'])
    .default('discrete')
    .describe('discrete: one of the movements and messages; continuous: numbers from 0 to 1'),
  state: z
    .enum(['observations', 'compact'])
    .default('observations')
    .describe('the global state: all observations after each other, or everything once'),
  episodeLimit: z
    .int()
    .min(1)
    .max(100_000)
    .optional()
    .describe('steps of an episode, then truncated; 25, or 26 by the rules of JaxMARL, where left out'),
};

const few = z.int().min(1).max(50);
const share = z.number().min(0).max(1);

/** The options of each variant. */
export const taskSchemas = {
  spread: z.strictObject({
    ...shared,
    agents: few.default(3),
    landmarks: few.optional(),
    localRatio: share.default(0.5),
  }),
  reference: z.strictObject({ ...shared, localRatio: share.default(0.5) }),
  'speaker-listener': z.strictObject(shared),
  tag: z.strictObject({
    ...shared,
    adversaries: few.default(3),
    prey: few.default(1),
    landmarks: z.int().min(0).max(50).default(2),
  }),
  adversary: z.strictObject({ ...shared, agents: few.default(2) }),
};

export type TaskName = keyof typeof taskSchemas;

export const taskNames = Object.keys(taskSchemas) as TaskName[];

/** The options of all variants; those that only some have are left out unless they are given. */
export const optionsSchema = z.strictObject({
  ...shared,
  agents: few.optional().describe('spread: agents (3); adversary: agents of the good team (2)'),
  landmarks: z
    .int()
    .min(0)
    .max(50)
    .optional()
    .describe('spread: landmarks to cover (as many as agents); tag: obstacles (2)'),
  adversaries: few.optional().describe('tag: agents that chase (3)'),
  prey: few.optional().describe('tag: agents that flee (1)'),
  localRatio: share
    .optional()
    .describe('spread, reference: share of the reward that is an agent’s own, the rest is the team’s (0.5)'),
});

export type SharedOptions = z.infer<z.ZodObject<typeof shared>>;
export type ParticleOptionsInput = z.input<typeof optionsSchema>;
