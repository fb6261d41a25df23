import {
  type Algorithm,
  ConfigurationError,
  type Learner,
  restoreToAct,
  stateNumber,
  stateTree,
} from '@murmuration/core';
import { aggregate, groupsOf, type Share, shares } from './aggregation';
import { parameterDistance } from './diagnostics';

export interface SharingOptions {
  /** Updates from one aggregation to the next; a team of independent learners counts every agent's. */
  readonly every: number;
  /** Which weights are averaged, by name. @default all */
  readonly share?: Share;
  /** Whether agents share with their own kind or with all. @default 'species' */
  readonly groups?: 'species' | 'all';
}

const sharing = <Batch>(
  learner: Learner<Batch>,
  groups: readonly (readonly number[])[],
  { every, share }: SharingOptions,
): Learner<Batch> => {
  const agents = learner.agentParameters ?? [];
  let updates = 0;
  return {
    ...learner,
    async update(batch, context) {
      const metrics = await learner.update(batch, context);
      updates++;
      if (updates % every !== 0) return metrics;
      const distanceBefore = await parameterDistance(agents);
      aggregate(agents, groups, share ?? shares.all);
      return { ...metrics, distanceBefore, distanceAfter: await parameterDistance(agents) };
    },
    save: async () => ({ learner: await learner.save(), updates }),
    restorePolicy: (state) => restoreToAct(learner, stateTree(state, 'learner')),
    async restore(state) {
      await learner.restore(stateTree(state, 'learner'));
      updates = stateNumber(state, 'updates');
    },
  };
};

/**
 * Any algorithm whose agents have weights of their own, with A-PPS or PP-PPS: every so many updates agents of a kind
 * take the mean of their weights. Moments of optimisers, targets and tables stay as they are.
 * @param id of the algorithm that results, for example `a-pps-roma-iql`
 * @throws ConfigurationError when a learner is made whose agents have no weights of their own
 */
export const sharePeriodically = <Configuration extends object>(
  algorithm: Algorithm<Configuration>,
  id: string,
  options: SharingOptions,
): Algorithm<Configuration> => ({
  ...algorithm,
  id,
  async create(spec, configuration, random, shard) {
    const learner = await algorithm.create(spec, configuration, random, shard);
    if (!learner.agentParameters) {
      learner.dispose();
      throw new ConfigurationError(
        '@murmuration/pps-qmix',
        `${algorithm.id} has no weights of each agent to share; give agents networks of their own`,
      );
    }
    const kinds = spec.agents.map(({ species }) => (options.groups === 'all' ? 'all' : species));
    return sharing(learner, groupsOf(kinds), options);
  },
});
