import {
  type EnvironmentSpec,
  type Learner,
  type Random,
  type Rollout,
  type Shard,
  type State,
  stateNumber,
  stateTree,
  type TimeLimit,
} from '@murmuration/core';
import { disposeParameters, ready, restoreParameters, saveParameters } from '@murmuration/core/tensors';
import { type Actor, type ActorOptions, createActor } from './actor';
import { type Collector, createCollector } from './collector';
import { type CriticTeamOptions, createCriticTeam } from './criticTeam';
import { groupsOf, type Sharing } from './groups';
import type { BodyOptions } from './networks';
import { createPolicy } from './policy';
import type { Rule } from './update/rule';

/** What the configurations of all algorithms here have. */
export interface TeamConfiguration {
  readonly discount: number;
  readonly lambda: number;
  readonly timeLimit: TimeLimit;
  readonly rewards: 'own' | 'team';
  readonly rollout: number;
  readonly sharing: Sharing;
  readonly showAgent: boolean;
  readonly decay: number;
  readonly decayFloor: number;
  readonly network: BodyOptions & { readonly chunk: number; readonly gain: number };
  readonly gaussian: ActorOptions['gaussian'];
  readonly critic: CriticTeamOptions['critic'];
}

export interface LearnerParts {
  readonly spec: EnvironmentSpec;
  readonly configuration: TeamConfiguration;
  readonly divergence: ActorOptions['divergence'];
  readonly random: Random;
  readonly shard: Shard;
  /** How actors learn. @param length steps of a training sequence */
  rule(actors: readonly Actor[], length: number): Rule;
}

const collectorBeforeItStarts = 0;

/** A team that collects rollouts, values them, improves its actors by a rule, and then its critics. */
export const createTeamLearner = async ({
  spec,
  configuration,
  divergence,
  random,
  shard,
  rule: createRule,
}: LearnerParts): Promise<Learner<Rollout>> => {
  await ready();
  const { network, showAgent, gaussian, sharing, decay, decayFloor } = configuration;
  const length = network.recurrent ? network.chunk : 1;
  const actors = groupsOf(spec, sharing).map((agents) =>
    createActor(spec, agents, { network, gaussian, divergence, showAgent }, random),
  );
  const critics = createCriticTeam(spec, { ...configuration, length }, random);
  const rule = createRule(actors, length);
  const copyStream = random.split();
  let collector: Collector | undefined;
  let copies = collectorBeforeItStarts;
  let collected = 0;

  const begin = (count: number): Collector => {
    copies = count;
    const options = { steps: configuration.rollout, length, copies, shard };
    return createCollector(spec, actors, options, copyStream);
  };

  return {
    policy: createPolicy(spec, actors),
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
    async update(rollout, { reduce }) {
      // What had been collected before this rollout: the first is learned from at the full rate (MAPPO, MAT, A2PO).
      const before = collected - rollout.steps * rollout.copies * shard.workers;
      const rate = decay === 0 ? 1 : Math.max(decayFloor, 1 - before / decay);
      const appraisal = await critics.appraise(rollout);
      const advantages = appraisal.advantages();
      const improved = await rule.improve({
        rollout,
        advantages,
        advantagesWith: appraisal.advantages,
        predictions: appraisal.predictions,
        rate,
        random,
        reduce,
        shard,
      });
      const value = await appraisal.train({ rate, random, reduce, shard, advantages: improved.advantages });
      return { ...improved.metrics, ...value };
    },
    save: async (): Promise<State> => ({
      actors: Object.fromEntries(
        await Promise.all(
          actors.map(async ({ parameters }, index) => [`${index}`, await saveParameters(parameters)]),
        ),
      ),
      critics: await critics.save(),
      rule: await rule.save(),
      random: random.save(),
      collected,
      copies,
      collector: collector?.save() ?? {},
    }),
    restore(state) {
      for (const [index, { parameters }] of actors.entries()) {
        restoreParameters(parameters, stateTree(stateTree(state, 'actors'), `${index}`));
      }
      critics.restore(stateTree(state, 'critics'));
      rule.restore(stateTree(state, 'rule'));
      random.restore(stateTree(state, 'random'));
      collected = stateNumber(state, 'collected');
      const count = stateNumber(state, 'copies');
      if (count === collectorBeforeItStarts) return;
      collector = begin(count);
      collector.restore(stateTree(state, 'collector'));
    },
    dispose() {
      for (const { parameters } of actors) disposeParameters(parameters);
      critics.dispose();
      rule.dispose();
    },
  };
};
