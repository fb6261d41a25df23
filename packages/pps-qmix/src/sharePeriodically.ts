import {
  type Algorithm,
  ConfigurationError,
  type Learner,
  restoreToAct,
  stateNumber,
  stateTree,
  type UpdateContext,
} from '@murmuration/core';
import { aggregate, groupsOf, type Share, shares, weightsWithin } from './aggregation';
import { parameterDistance } from './diagnostics';
import { earningsOf, playedCounters, type Weighing } from './weighing';

export interface SharingOptions {
  /** Updates from one aggregation to the next; a team of independent learners counts every agent's. */
  readonly every: number;
  /** Which weights are averaged, by name. @default all */
  readonly share?: Share;
  /** Whether agents share with their own kind or with all. @default 'species' */
  readonly groups?: 'species' | 'all';
  /** RS-PPS: agents are weighed anew before each aggregation. @default all alike */
  readonly weigh?: Weighing;
}

const sharing = <Batch>(
  learner: Learner<Batch>,
  groups: readonly (readonly number[])[],
  { every, share, weigh }: SharingOptions,
): Learner<Batch> => {
  const agents = learner.agentParameters ?? [];
  let updates = 0;
  /** What was played to weigh agents: training does not count it. */
  let played = { episodes: 0, steps: 0 };

  const weightsFor = async (
    { temperature, episodes }: Weighing,
    context: UpdateContext,
  ): Promise<number[]> => {
    const { returns, steps } = await earningsOf(learner, agents, groups, episodes, context);
    played = { episodes: played.episodes + episodes * agents.length, steps: played.steps + steps };
    return weightsWithin(groups, returns, temperature);
  };

  return {
    ...learner,
    counters: [...(learner.counters ?? []), ...playedCounters],
    async update(batch, context) {
      const metrics = await learner.update(batch, context);
      updates++;
      if (updates % every !== 0) return metrics;
      const distanceBefore = await parameterDistance(agents, groups);
      aggregate(agents, groups, share ?? shares.all, weigh && (await weightsFor(weigh, context)));
      return {
        ...metrics,
        distanceBefore,
        distanceAfter: await parameterDistance(agents, groups),
        ...(weigh && { aggregationEpisodes: played.episodes, aggregationSteps: played.steps }),
      };
    },
    save: async () => ({ learner: await learner.save(), updates, played: { ...played } }),
    restorePolicy: (state) => restoreToAct(learner, stateTree(state, 'learner')),
    async restore(state) {
      await learner.restore(stateTree(state, 'learner'));
      updates = stateNumber(state, 'updates');
      const before = stateTree(state, 'played');
      played = { episodes: stateNumber(before, 'episodes'), steps: stateNumber(before, 'steps') };
    },
  };
};

const checkOptions = ({ every, weigh }: SharingOptions): void => {
  const refuse = (name: string, value: number, wanted: string): never => {
    throw new ConfigurationError(
      '@murmuration/pps-qmix',
      `sharePeriodically: ${name} is ${value}; give ${wanted}`,
    );
  };
  if (!Number.isInteger(every) || every < 1) refuse('every', every, 'a positive integer');
  if (!weigh) return;
  const { temperature, episodes } = weigh;
  if (!(temperature > 0)) refuse('weigh.temperature', temperature, 'a positive number');
  if (!Number.isInteger(episodes) || episodes < 1) refuse('weigh.episodes', episodes, 'a positive integer');
};

/**
 * Any algorithm whose agents have weights of their own, with A-PPS, PP-PPS (`share`) or RS-PPS (`weigh`): every so many
 * updates agents of a kind take the mean of their weights. Moments of optimisers, targets and tables stay as they are.
 * @param id of the algorithm that results, for example `a-pps-roma-iql`
 * @throws ConfigurationError for an option that cannot be, and when a learner is made whose agents have no weights of
 *   their own
 */
export const sharePeriodically = <Configuration extends object>(
  algorithm: Algorithm<Configuration>,
  id: string,
  options: SharingOptions,
): Algorithm<Configuration> => {
  checkOptions(options);
  return {
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
  };
};
