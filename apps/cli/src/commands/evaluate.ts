import { createEnvironment, evaluate, randomFrom } from '@murmuration/core';
import { writeFileAtomically } from '@murmuration/core/node';
import { openTeam, randomTeam, type Team } from '../evaluation/team';
import { InterruptedError, status, UsageError } from '../failure';
import { interruptible } from '../interruption';
import { createRecorder } from '../replay/recorder';
import { checkDraws, episodesOf, type ReplayTarget, renderReplay, replayTarget } from '../replay/replay';
import { readSettings } from '../settings';
import { metric } from '../terminal/format';
import { renderTable } from '../terminal/table';
import type { Terminal } from '../terminal/terminal';
import { openWorld, type World } from '../world';

export interface EvaluateRequest {
  readonly run: string;
  readonly environment?: string;
  readonly set?: readonly string[];
  readonly episodes?: number;
  readonly seed?: number;
  /** Where to write an animation of the first episodes. */
  readonly replay?: string;
}

/** The world that was asked for, else the one of training, with what was set. */
const placeOf = async (
  team: Team,
  { environment, set = [] }: EvaluateRequest,
): Promise<{ world: World; moved: boolean }> => {
  const settings = await readSettings(set);
  const [unused] = Object.keys(settings.algorithm);
  if (unused !== undefined) {
    throw new UsageError(`--set ${unused}: the team is trained already; only environment.… can be set`);
  }
  const moved = environment !== undefined || Object.keys(settings.environment).length > 0;
  if (environment !== undefined)
    return { world: await openWorld({ environment, options: settings.environment }), moved };
  if (!team.home) throw new UsageError(`a ${randomTeam} team was trained nowhere; give --environment`);
  const options = { ...team.home.options, ...settings.environment };
  return { world: await openWorld({ environment: team.home.environment, options }), moved };
};

const play = async (
  team: Team,
  { world, moved }: { readonly world: World; readonly moved: boolean },
  { episodes = 100, seed = 0 }: EvaluateRequest,
  target: ReplayTarget | undefined,
  signal: AbortSignal,
) => {
  const policy = await team.policyIn(world);
  // A world that changes over training is evaluated as it is now, not as it was at the start.
  const now = world.spec.nonStationary && !moved ? team.worldNow?.() : undefined;
  const environment = createEnvironment(world.factory, now?.copies ?? Math.min(episodes, 16));
  try {
    if (now) environment.restore(now.state);
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
  const { run, seed = 0 } = request;
  const target = request.replay === undefined ? undefined : await replayTarget(request.replay);
  const team = await openTeam(run, terminal);
  const place = await placeOf(team, request);
  const { metrics, returns, recorded } = await interruptible(
    () => {},
    async (signal) => {
      const result = await play(team, place, request, target, signal);
      if (signal.aborted) throw new InterruptedError('interrupted; nothing was changed');
      return result;
    },
  );
  const { summarise } = await import('@murmuration/eval');
  const { algorithm, step, path } = team;
  const { id } = place.world.spec;
  const named = { algorithm, environment: id, metric: 'return' };
  const scores = { ...named, scores: returns };
  const { mean, iqm, low, high, iqmLow, iqmHigh } = summarise(scores, {
    random: randomFrom(seed, 'bootstrap'),
  });
  const result = { mean, iqm, low, high, iqmLow, iqmHigh, episodes: returns.length };
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
    `\n${algorithm} on ${id}: ${returns.length} ${returns.length === 1 ? 'episode' : 'episodes'}${path ? ` with ${path}` : ''}`,
  );
  if (target) {
    const subject = { ...named, step, seed, episodes: returns.length, return: metrics.return };
    await writeFileAtomically(target.path, await renderReplay(target, recorded, subject));
    terminal.say(`replay ${target.path}`);
  }
  const replay = target && { replay: target.path };
  terminal.event({ event: 'done', step, metrics, ...(path && { output: path }), ...replay });
  return status.done;
};
