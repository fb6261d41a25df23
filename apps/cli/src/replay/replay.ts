import { stat } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import type { VectorEnvironment } from '@murmuration/core';
import { UsageError } from '../failure';
import { count, metric, metricsLine } from '../terminal/format';
import type { RecordedEpisode } from './recorder';

/** How many episodes a replay shows of those that are played: an SVG can hold but one after another. */
const shown = { '.html': 5, '.svg': 1 } as const;

/** A file that a replay can be written to. */
export interface ReplayTarget {
  readonly path: string;
  readonly kind: keyof typeof shown;
}

/** @throws UsageError where a replay cannot be written there, before anything is played. */
export const replayTarget = async (path: string): Promise<ReplayTarget> => {
  const kind = extname(path).toLowerCase();
  if (!Object.hasOwn(shown, kind)) {
    throw new UsageError(`--replay is ${JSON.stringify(path)}; give a file that ends in .html or .svg`);
  }
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) throw new UsageError(`--replay: ${path} is a directory; give the path of a file`);
  const directory = dirname(path);
  const above = await stat(directory).catch(() => undefined);
  if (!above?.isDirectory()) {
    throw new UsageError(`--replay: there is no directory ${directory}; make it, or choose another path`);
  }
  return { path, kind: kind as ReplayTarget['kind'] };
};

/** How many of the episodes that are played a replay shows. */
export const episodesOf = ({ kind }: ReplayTarget, played: number): number => Math.min(played, shown[kind]);

/** @throws UsageError where a world draws nothing. */
export const checkDraws = ({ spec, watch }: VectorEnvironment): void => {
  if (watch) return;
  throw new UsageError(
    `--replay: ${spec.id} draws nothing; leave --replay out, or give the environment a function draw that returns a scene`,
  );
};

const nameOf = ({ scenes, steps, return: paid, metrics }: RecordedEpisode, index: number): string => {
  const numbers = metricsLine({ return: paid, ...metrics });
  const cut = scenes.length <= steps ? `, the first ${count(scenes.length - 1)} shown` : '';
  return `${index + 1}: ${numbers}, ${count(steps)} ${steps === 1 ? 'step' : 'steps'}${cut}`;
};

/** What a replay is of. */
export interface ReplaySubject {
  readonly algorithm: string;
  readonly environment: string;
  /** Environment steps that the team was trained for. */
  readonly step: number;
  readonly seed: number;
  readonly episodes: number;
  /** The mean return of all episodes that were played. */
  readonly return: number;
}

/** The content of a replay's file. */
export const renderReplay = async (
  { kind }: ReplayTarget,
  episodes: readonly RecordedEpisode[],
  { algorithm, environment, step, seed, episodes: played, return: mean }: ReplaySubject,
): Promise<string> => {
  const title = `${algorithm} on ${environment}`;
  if (kind === '.svg') {
    const { animateSvg } = await import('@murmuration/envs/scene');
    const { scenes } = episodes[0];
    // Short episodes slowly, long ones no longer than needed.
    const seconds = Math.min(0.7, Math.max(0.1, 8 / scenes.length));
    return animateSvg(scenes, { name: `${title}, episode ${nameOf(episodes[0], 0)}`, seconds });
  }
  const [{ encodeReplay }, { replayPage }] = await Promise.all([import('./encode'), import('./page')]);
  const introduction = `Trained for ${count(step)} steps. ${episodes.length} of ${count(played)} greedy episodes (seed ${seed}), whose mean return is ${metric(mean)}.`;
  return replayPage(encodeReplay(episodes, nameOf), { title, introduction });
};
