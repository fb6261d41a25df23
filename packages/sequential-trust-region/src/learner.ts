import {
  type EnvironmentSpec,
  type Learner,
  type Random,
  type Rollout,
  type Shard,
  type State,
  stateNumber,
  stateTree,
} from '@murmuration/core';
import { ready } from '@murmuration/core/tensors';
import { type Collector, createCollector } from './collector';
import { createPolicy } from './policy';
import { sequenceLength, type Team, type TeamConfiguration } from './team';

export interface LearnerParts {
  readonly spec: EnvironmentSpec;
  readonly configuration: TeamConfiguration;
  readonly random: Random;
  readonly shard: Shard;
  createTeam(): Team;
}

const collectorBeforeItStarts = 0;

/** A team that collects rollouts and learns from each. */
export const createTeamLearner = async ({
  spec,
  configuration,
  random,
  shard,
  createTeam,
}: LearnerParts): Promise<Learner<Rollout>> => {
  await ready();
  const { decay, decayFloor } = configuration;
  const length = sequenceLength(configuration);
  const team = createTeam();
  const copyStream = random.split();
  let collector: Collector | undefined;
  let copies = collectorBeforeItStarts;
  let collected = 0;

  const begin = (count: number): Collector => {
    copies = count;
    const options = { steps: configuration.rollout, length, copies, shard };
    return createCollector(spec, team.actors, options, copyStream);
  };

  return {
    policy: createPolicy(spec, team.actors),
    act(frame, actions) {
      collector ??= begin(frame.copies);
      return collector.act(frame, actions);
    },
    experience: {
      observe(before, _actions, after) {
        collector?.observe(before, after);
        collected += after.copies * shard.workers;
      },
      take: () => collector?.take(),
    },
    update(rollout, { reduce }) {
      // What had been collected before this rollout: the first is learned from at the full rate (MAPPO, MAT, A2PO).
      const before = collected - rollout.steps * rollout.copies * shard.workers;
      const rate = decay === 0 ? 1 : Math.max(decayFloor, 1 - before / decay);
      return team.learn(rollout, { rate, random, reduce, shard });
    },
    save: async (): Promise<State> => ({
      ...(await team.save()),
      random: random.save(),
      collected,
      copies,
      collector: collector?.save() ?? {},
    }),
    restore(state) {
      team.restore(state);
      random.restore(stateTree(state, 'random'));
      collected = stateNumber(state, 'collected');
      const count = stateNumber(state, 'copies');
      if (count === collectorBeforeItStarts) return;
      collector = begin(count);
      collector.restore(stateTree(state, 'collector'));
    },
    dispose: () => team.dispose(),
  };
};
