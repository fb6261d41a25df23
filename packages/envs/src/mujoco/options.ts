import { z } from 'zod';
import { categories } from './graph';

const category = z.enum(categories);

export const optionsSchema = z.strictObject({
  version: z
    .enum(['v2', 'v4', 'v5'])
    .default('v5')
    .describe(
      'rules of Gymnasium’s v5 or v4, or of Gym’s v2: rewards at the end, contact forces, what is seen',
    ),
  wrapper: z
    .enum(['v1', 'original'])
    .default('v1')
    .describe(
      'v1: MaMuJoCo as Gymnasium-Robotics has it; original: multiagent_mujoco of 2020: other orders, nothing seen by all, rows of one width',
    ),
  observation: z
    .enum(['local', 'full', 'standardised'])
    .default('local')
    .describe(
      'local: own joints and near ones; full: the state; standardised: the state and who one is, by own mean and deviation (HARL)',
    ),
  depth: z
    .int()
    .min(0)
    .max(100)
    .default(1)
    .describe('how many joints away an agent sees where it sees locally'),
  localCategories: z
    .array(z.array(category).min(1))
    .min(1)
    .optional()
    .describe(
      'what is seen of joints at each distance; the last holds for all farther; by body where left out',
    ),
  globalCategories: z
    .array(category)
    .optional()
    .describe(
      'what is seen of the root by all; qpos and qvel in wrapper v1, nothing in the original, where left out',
    ),
  contactForces: z
    .boolean()
    .default(true)
    .describe(
      'whether contact forces are calculated; in Gym’s v2 with MuJoCo 2 and later they were 0 (D4RL)',
    ),
  faithful: z
    .boolean()
    .default(true)
    .describe('whether faults of the original graphs are kept, which show agents joints that are not theirs'),
  episodeLimit: z
    .int()
    .min(1)
    .max(1_000_000)
    .optional()
    .describe('steps of an episode, then truncated; 1000, or 50 for Reacher, where left out'),
});

export type MujocoOptions = z.infer<typeof optionsSchema>;
export type MujocoOptionsInput = z.input<typeof optionsSchema>;
