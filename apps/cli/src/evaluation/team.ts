import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  createRandomPolicy,
  loadPolicy,
  type Policy,
  provenanceOf,
  type State,
  stateTree,
} from '@murmuration/core';
import { readCheckpoint, readLatestCheckpoint, type StoredCheckpoint } from '@murmuration/core/node';
import { FailedError, UsageError } from '../failure';
import { findAlgorithm } from '../registry';
import type { Terminal } from '../terminal/terminal';
import { readRunPlan } from '../training/runPlan';
import type { World, WorldReference } from '../world';

/** Who is evaluated. */
export interface Team {
  /** The algorithm's id, or `random`. */
  readonly algorithm: string;
  /** Environment steps it has learned from. */
  readonly step: number;
  /** The checkpoint's path; random teams have none. */
  readonly path?: string;
  /** Where it was trained. */
  readonly home?: WorldReference;
  /** The world as training left it, for worlds that change. */
  worldNow?(): { readonly copies: number; readonly state: State };
  /** @throws UsageError where the team sees or does something else than this world shows or takes. */
  policyIn(world: World): Promise<Policy>;
}

/** What stands in place of a run for a team that acts at random; `./random` is a directory of that name. */
export const randomTeam = 'random';

/** A checkpoint, and the run directory that it lies in, where it lies in one. */
const find = async (
  path: string,
  terminal: Terminal,
): Promise<{ checkpoint: StoredCheckpoint; directory: string }> => {
  const found = await stat(path).catch(() => {
    throw new UsageError(`there is no run directory or checkpoint ${path}; check the path`);
  });
  if (!found.isDirectory())
    return { checkpoint: await readCheckpoint(path, { whole: false }), directory: dirname(dirname(path)) };
  await readRunPlan(path);
  const checkpoint = await readLatestCheckpoint(path, { whole: false });
  if (!checkpoint) throw new FailedError(`${path} has no checkpoint yet; train it longer`);
  for (const warning of checkpoint.warnings) terminal.say(`skipped a damaged checkpoint: ${warning}`);
  return { checkpoint, directory: path };
};

/** The world of training: as the run directory has it, else by the id that the checkpoint keeps. */
const trainedIn = async (
  { state, details }: StoredCheckpoint,
  directory: string,
): Promise<WorldReference> => {
  const plan = await readRunPlan(directory).catch(() => undefined);
  if (plan) return { environment: plan.environment, options: plan.environmentOptions };
  const kept = details?.environment;
  return { environment: typeof kept === 'string' ? kept : provenanceOf(state).spec.id, options: {} };
};

const checkFits = (world: World, { spec }: ReturnType<typeof provenanceOf>): void => {
  const shapes = ({ agents }: World['spec']): string =>
    JSON.stringify(agents.map(({ observation, action }) => [observation, action]));
  if (shapes(spec) === shapes(world.spec)) return;
  throw new UsageError(
    `${world.spec.id} shows other observations, or takes other actions, than ${spec.id}, which the team was trained in; choose a world of the same shape`,
  );
};

/**
 * The team of a run directory or a checkpoint file, or a random one.
 * @throws UsageError where there is none; FailedError where a run has no checkpoint yet; CheckpointError where it is damaged.
 */
export const openTeam = async (run: string, terminal: Terminal): Promise<Team> => {
  if (run === randomTeam) {
    return { algorithm: randomTeam, step: 0, policyIn: async ({ spec }) => createRandomPolicy(spec) };
  }
  const { checkpoint, directory } = await find(run, terminal);
  const { state, path } = checkpoint;
  const provenance = provenanceOf(state);
  const { algorithm, step, copies } = provenance;
  return {
    ...{ algorithm, step, path },
    home: await trainedIn(checkpoint, directory),
    worldNow: () => ({ copies, state: stateTree(stateTree(state, 'session'), 'environment') }),
    policyIn(world) {
      checkFits(world, provenance);
      return loadPolicy(findAlgorithm(algorithm), state);
    },
  };
};
