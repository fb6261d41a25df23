import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  createEnvironment,
  evaluate,
  loadPolicy,
  provenanceOf,
  randomFrom,
  stateTree,
} from '@murmuration/core';
import {
  readCheckpoint,
  readLatestCheckpoint,
  type StoredCheckpoint,
  writeFileAtomically,
} from '@murmuration/core/node';
import { FailedError, InterruptedError, status, UsageError } from '../failure';
import { interruptible } from '../interruption';
import { findAlgorithm } from '../registry';
import { createRecorder } from '../replay/recorder';
import { checkDraws, episodesOf, type ReplayTarget, renderReplay, replayTarget } from '../replay/replay';
import { readSettings } from '../settings';
import { metric } from '../terminal/format';
import { renderTable } from '../terminal/table';
import type { Terminal } from '../terminal/terminal';
import { readRunPlan } from '../training/runPlan';
import { openWorld, type World, type WorldReference } from '../world';

export interface EvaluateRequest {
  readonly run: string;
  readonly environment?: string;
  readonly set?: readonly string[];
  readonly episodes?: number;
  readonly seed?: number;
  /** Where to write an animation of the first episodes. */
  readonly replay?: string;
}

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

/** @throws UsageError where the team sees or does something else in this world than in the one it was trained in. */
const checkFits = (world: World, checkpoint: StoredCheckpoint): void => {
  const { spec } = provenanceOf(checkpoint.state);
  const shapes = ({ agents }: World['spec']): string =>
    JSON.stringify(agents.map(({ observation, action }) => [observation, action]));
  if (shapes(spec) === shapes(world.spec)) return;
  throw new UsageError(
    `${world.spec.id} shows other observations, or takes other actions, than ${spec.id}, which the team was trained in; choose a world of the same shape`,
  );
};

const play = async (
  world: World,
  checkpoint: StoredCheckpoint,
  moved: boolean,
  request: EvaluateRequest,
  target: ReplayTarget | undefined,
  signal: AbortSignal,
) => {
  const { episodes = 100, seed = 0 } = request;
  const { algorithm, copies } = provenanceOf(checkpoint.state);
  const policy = await loadPolicy(findAlgorithm(algorithm), checkpoint.state);
  // A world that changes over training is evaluated as it is now, not as it was at the start.
  const asTrained = world.spec.nonStationary && !moved;
  const environment = createEnvironment(world.factory, asTrained ? copies : Math.min(episodes, 16));
  if (asTrained) environment.restore(stateTree(stateTree(checkpoint.state, 'session'), 'environment'));
  try {
    if (target) checkDraws(environment);
    const recorder = target && createRecorder(environment, episodesOf(target, episodes));
    const random = randomFrom(seed, 'evaluate');
    const result = await evaluate(policy, recorder?.environment ?? environment, { episodes, random, signal });
    return { ...result, recorded: recorder?.episodes() ?? [] };
  } finally {
    environment.dispose?.();
  }
};

/** `murmuration evaluate` */
export const evaluateCommand = async (request: EvaluateRequest, terminal: Terminal): Promise<number> => {
  const { run, seed = 0, set = [] } = request;
  const target = request.replay === undefined ? undefined : await replayTarget(request.replay);
  const { checkpoint, directory } = await find(run, terminal);
  const { algorithm, environment } = await readSettings(set);
  const [unused] = Object.keys(algorithm);
  if (unused !== undefined) {
    throw new UsageError(`--set ${unused}: the team is trained already; only environment.… can be set`);
  }
  const home = await trainedIn(checkpoint, directory);
  const moved = request.environment !== undefined || Object.keys(environment).length > 0;
  const world = await openWorld({
    environment: request.environment ?? home.environment,
    options: request.environment === undefined ? { ...home.options, ...environment } : environment,
  });
  checkFits(world, checkpoint);
  const { metrics, returns, recorded } = await interruptible(
    () => {},
    async (signal) => {
      const result = await play(world, checkpoint, moved, request, target, signal);
      if (signal.aborted) throw new InterruptedError('interrupted; nothing was changed');
      return result;
    },
  );
  const { summarise } = await import('@murmuration/eval');
  const provenance = provenanceOf(checkpoint.state);
  const { step } = provenance;
  const scores = {
    algorithm: provenance.algorithm,
    environment: world.spec.id,
    metric: 'return',
    scores: returns,
  };
  const { mean, iqm, low, high, iqmLow, iqmHigh } = summarise(scores, {
    random: randomFrom(seed, 'bootstrap'),
  });
  const result = { mean, iqm, low, high, iqmLow, iqmHigh, episodes: returns.length };
  const named = { algorithm: provenance.algorithm, environment: world.spec.id, metric: 'return' };
  terminal.event({ event: 'evaluation', step, metrics });
  terminal.event({ event: 'result', ...named, ...result });
  const { return: _return, ...others } = metrics;
  const interval = (from: number, to: number): string => `${metric(from)} to ${metric(to)}`;
  const rows = [
    ['return, mean', metric(mean), interval(low, high)],
    ['return, interquartile mean', metric(iqm), interval(iqmLow, iqmHigh)],
    ...Object.entries(others).map(([name, value]) => [`${name}, mean`, metric(value), '']),
  ];
  terminal.say(
    renderTable({ columns: ['METRIC', 'VALUE', '95 % INTERVAL'], rows }, terminal, (column) => column > 0),
  );
  terminal.say(
    `\n${provenance.algorithm} on ${world.spec.id}: ${returns.length} ${returns.length === 1 ? 'episode' : 'episodes'} with ${checkpoint.path}`,
  );
  if (target) {
    const subject = { ...named, step, seed, episodes: returns.length, return: metrics.return };
    await writeFileAtomically(target.path, await renderReplay(target, recorded, subject));
    terminal.say(`replay ${target.path}`);
  }
  const replay = target && { replay: target.path };
  terminal.event({ event: 'done', step, metrics, output: checkpoint.path, ...replay });
  return status.done;
};
