import type { EnvironmentSpec } from '@murmuration/core';
import type { Actor } from '../actor';
import { createOptimisers } from '../optimisers';
import { cutInto } from '../sequences';
import { standardiseTeam } from './advantages';
import { averageOf } from './metrics';
import { type PpoOptions, practise } from './ppo';
import type { Rule } from './rule';

export interface SimultaneousOptions {
  readonly policy: PpoOptions;
  readonly normaliseAdvantages: 'team' | 'agent' | 'none';
  /** Steps of a training sequence. */
  readonly length: number;
}

/** IPPO and MAPPO: every actor learns from all samples of its agents, as if the others stood still. */
export const simultaneous = (
  spec: EnvironmentSpec,
  actors: readonly Actor[],
  { policy, normaliseAdvantages, length }: SimultaneousOptions,
): Rule => {
  const optimisers = createOptimisers(actors, policy);
  const team = spec.agents.length;
  return {
    async improve({ rollout, advantages, rate, random, reduce, shard }) {
      optimisers.rate = rate;
      await standardiseTeam(rollout, advantages, team, normaliseAdvantages, reduce);
      const found = [];
      for (const [index, actor] of actors.entries()) {
        const { steps, copies } = rollout;
        const sequences = cutInto({ steps, length, copies, team, agents: actor.agents });
        const lesson = { spec, rollout, sequences, advantages, random, reduce, shard };
        found.push(await practise(actor, optimisers.of[index], lesson, policy));
      }
      return { metrics: averageOf(found) };
    },
    save: () => optimisers.save(),
    restore: (state) => optimisers.restore(state),
    dispose: () => optimisers.dispose(),
  };
};
