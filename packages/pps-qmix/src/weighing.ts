import type { Learner, UpdateContext } from '@murmuration/core';
import {
  cloneParameters,
  disposeParameters,
  followParameters,
  type Parameters,
} from '@murmuration/core/tensors';

/** How RS-PPS weighs agents: by what each one's weights earn. */
export interface Weighing {
  /** Of the softmax over returns, as in `returnWeights`. */
  readonly temperature: number;
  /** Greedy episodes for each agent's weights. */
  readonly episodes: number;
}

/** The metrics that tell what was played to weigh agents. */
export const playedCounters = ['aggregationEpisodes', 'aggregationSteps'] as const;

/**
 * What the team earns with each agent's weights in the place of those of its whole group. Weights are put back.
 * @returns the mean return for each agent, and the environment steps that were played in all
 */
export const earningsOf = async (
  { policy }: Pick<Learner, 'policy'>,
  agents: readonly Parameters[],
  groups: readonly (readonly number[])[],
  episodes: number,
  context: UpdateContext,
): Promise<{ returns: readonly number[]; steps: number }> => {
  const own = agents.map(cloneParameters);
  const returns = new Array<number>(agents.length).fill(0);
  let steps = 0;
  try {
    for (const group of groups) {
      for (const agent of group) {
        for (const each of group) followParameters(agents[each], own[agent], 1);
        const { metrics } = await context.evaluate(policy, episodes);
        returns[agent] = metrics.return;
        steps += Math.round(metrics.episodeLength * episodes);
      }
      for (const each of group) followParameters(agents[each], own[each], 1);
    }
    return { returns, steps };
  } finally {
    agents.forEach((each, agent) => {
      followParameters(each, own[agent], 1);
    });
    for (const each of own) disposeParameters(each);
  }
};
