import { checkedScene, ended, type Frame, type Scene, type VectorEnvironment } from '@murmuration/core';

import { focused } from './focus';

/** An episode as it was seen. */
export interface RecordedEpisode {
  /** From its first moment to its last one, unless it was longer than {@link mostMoments}. */
  readonly scenes: readonly Scene[];
  /** What the step to each moment paid, the mean over agents; 0 for the first. */
  readonly rewards: readonly number[];
  readonly steps: number;
  readonly return: number;
  /** The world's own metrics of this episode. */
  readonly metrics: Readonly<Record<string, number>>;
}

interface OpenEpisode {
  readonly scenes: Scene[];
  readonly rewards: number[];
  steps: number;
  return: number;
  metrics: Record<string, number>;
}

/** So that a world without an end to speak of does not fill memory and file. */
export const mostMoments = 2000;

export interface Recorder {
  /** The world to play in instead: it writes down what happens. */
  readonly environment: VectorEnvironment;
  /** What has been recorded: whole episodes, the first of each copy before the second ones. */
  episodes(): readonly RecordedEpisode[];
}

/**
 * Record the first episodes that are played in a world that can be watched, as many in each copy as `evaluate` counts
 * there, so that they are among those it reports.
 * @throws EnvironmentError (when played) where a drawing cannot be painted.
 */
export const createRecorder = (environment: VectorEnvironment, count: number): Recorder => {
  const { spec, copies } = environment;
  const agents = spec.agents.length;
  const whole: RecordedEpisode[][] = Array.from({ length: copies }, () => []);
  /** The episode that goes on in each copy, and the one that a step has begun while the old one is still to be closed. */
  const open: (OpenEpisode | undefined)[] = new Array(copies).fill(undefined);
  const begun: (OpenEpisode | undefined)[] = new Array(copies).fill(undefined);
  const share = (copy: number): number => Math.floor((count + copies - 1 - copy) / copies);

  const look = (copy: number): void =>
    environment.watch?.(copy, (draw, started) => {
      const scenes = open[copy]?.scenes;
      if (started) {
        const scene = checkedScene(spec, draw);
        begun[copy] = { scenes: [scene], rewards: [0], steps: 0, return: 0, metrics: {} };
      } else if (scenes && scenes.length < mostMoments) scenes.push(checkedScene(spec, draw));
    });

  const account = (copy: number, frame: Frame): void => {
    const episode = open[copy];
    if (!episode) return;
    let reward = 0;
    for (let agent = 0; agent < agents; agent++) reward += frame.rewards[copy * agents + agent] / agents;
    episode.steps++;
    episode.return += reward;
    if (episode.rewards.length < episode.scenes.length) episode.rewards.push(reward);
    if (!ended(frame, copy)) return;
    spec.metrics.forEach((name, metric) => {
      episode.metrics[name] = frame.metrics[copy * spec.metrics.length + metric];
    });
    whole[copy].push({ ...episode, scenes: focused(episode.scenes) });
    open[copy] = whole[copy].length < share(copy) ? begun[copy] : undefined;
    if (!open[copy]) environment.watch?.(copy, undefined);
  };

  return {
    environment: {
      ...{ spec, copies },
      reset(random, frame) {
        for (let copy = 0; copy < copies; copy++) {
          whole[copy].length = 0;
          if (share(copy) > 0) look(copy);
        }
        environment.reset(random, frame);
        begun.forEach((episode, copy) => {
          open[copy] = episode;
        });
      },
      step(actions, frame) {
        environment.step(actions, frame);
        for (let copy = 0; copy < copies; copy++) account(copy, frame);
      },
      save: () => environment.save(),
      restore: (state) => environment.restore(state),
      dispose: () => environment.dispose?.(),
    },
    episodes: () =>
      Array.from({ length: share(0) }, (_, round) =>
        whole.flatMap((played) => played.slice(round, round + 1)),
      ).flat(),
  };
};
