import type { VectorEnvironment } from '../environment';
import { createActions, createFrame, ended } from '../frame';
import type { Metrics } from '../learner';
import type { Policy } from '../policy';
import type { Random } from '../random';

export interface EvaluationResult {
  /** `return` (mean over episodes of the mean return over agents), the world's own metrics, and `episodeLength`. */
  readonly metrics: Metrics;
  /** Return of each episode, the mean over agents, in the order in which they ended. */
  readonly returns: readonly number[];
}

export interface EvaluateOptions {
  readonly episodes: number;
  readonly random: Random;
  readonly signal?: AbortSignal;
}

/**
 * Play whole episodes greedily. Every copy plays its own share, so that short episodes are not counted more often.
 * @param environment its state is lost: every copy is reset.
 */
export const evaluate = async (
  policy: Policy,
  environment: VectorEnvironment,
  { episodes, random, signal }: EvaluateOptions,
): Promise<EvaluationResult> => {
  const { spec, copies } = environment;
  const agents = spec.agents.length;
  let frame = createFrame(spec, copies);
  let next = createFrame(spec, copies);
  const actions = createActions(spec, copies);
  const left = Int32Array.from({ length: copies }, (_, copy) =>
    Math.floor((episodes + copies - 1 - copy) / copies),
  );
  const running = new Float64Array(copies);
  const lengths = new Int32Array(copies);
  const returns: number[] = [];
  const sums = new Float64Array(spec.metrics.length);
  let steps = 0;
  environment.reset(random.split(), frame);
  const actor = policy.start(copies, random.split());
  try {
    while (returns.length < episodes && !signal?.aborted) {
      const acting = actor.act(frame, actions);
      if (acting) await acting;
      environment.step(actions, next);
      for (let copy = 0; copy < copies; copy++) {
        if (left[copy] === 0) continue;
        for (let agent = 0; agent < agents; agent++)
          running[copy] += next.rewards[copy * agents + agent] / agents;
        lengths[copy]++;
        if (!ended(next, copy)) continue;
        returns.push(running[copy]);
        steps += lengths[copy];
        for (let metric = 0; metric < sums.length; metric++) {
          sums[metric] += next.metrics[copy * sums.length + metric];
        }
        running[copy] = 0;
        lengths[copy] = 0;
        left[copy]--;
      }
      [frame, next] = [next, frame];
    }
  } finally {
    actor.dispose();
  }
  const played = Math.max(1, returns.length);
  const metrics: Record<string, number> = {
    return: returns.reduce((sum, value) => sum + value, 0) / played,
    episodeLength: steps / played,
  };
  spec.metrics.forEach((name, metric) => {
    metrics[name] = sums[metric] / played;
  });
  return { metrics, returns };
};
