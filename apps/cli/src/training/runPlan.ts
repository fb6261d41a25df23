import { type createRunDirectory, readRunConfig } from '@murmuration/core/node';
import { z } from 'zod';
import { FailedError } from '../failure';

const options = z.record(z.string(), z.unknown());
const positive = z.int().positive();

const schema = z.object({
  algorithm: z.string(),
  environment: z.string(),
  environmentOptions: options,
  /** The preset that lay under what was set, where there was one. */
  preset: z.string().optional(),
  configuration: options,
  seed: z.int(),
  steps: positive,
  copies: positive,
  evaluateEvery: positive,
  episodes: positive,
  checkpointEvery: positive,
  /** Threads that share the run. Runs of before there could be several do not say. */
  workers: positive.default(1),
  versions: z.record(z.string(), z.string()),
});

/** What `config.json` of a run directory says: every value that is in force. */
export type RunPlan = z.infer<typeof schema>;

/** @throws FileError, FailedError where there is no run, or its `config.json` is damaged. */
export const readRunPlan = async (directory: string): Promise<RunPlan> => {
  const found = schema.safeParse(await readRunConfig(directory));
  if (found.success) return found.data;
  const { path, message } = found.error.issues[0];
  throw new FailedError(
    `${directory}/config.json is damaged at ${path.join('.')}: ${message}; restore it, or start a new run`,
  );
};

/** As `config.json` holds it. */
export const asJson = (plan: RunPlan): Parameters<typeof createRunDirectory>[1] =>
  JSON.parse(JSON.stringify(plan));
