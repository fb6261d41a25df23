import { type EnvironmentSpec, gatherRows, type Random, type Rollout, stateTree } from '@murmuration/core';
import { disposeParameters } from '@murmuration/core/tensors';
import { rowsOfAgents } from './acting';
import { restoreActors, saveActors } from './actor';
import { createActorCritic } from './actorCritic';
import { appraise } from './appraisal';
import type { SimultaneousConfiguration } from './config';
import { type Critic, restoreCritics, saveCritics } from './critic';
import { groupsOf } from './groups';
import { createOptimisers } from './optimisers';
import { cutInto } from './sequences';
import { sequenceLength, type Team } from './team';
import { standardiseTeam } from './update/advantages';
import { practiseTogether } from './update/jointly';
import { averageOf } from './update/metrics';

/** `[environment, column, units]`: what actors remembered before the first step, and so their critics. */
const memoryAtStart = (
  { memory, copies }: Rollout,
  { agents, network: { memoryWidth } }: Critic,
  team: number,
): Float32Array => gatherRows(memory, memoryWidth, rowsOfAgents(copies, team, agents));

/** IPPO whose actors and critics share trunks (JaxMARL): both learn at once, from one loss, by one optimiser. */
export const createTrunkTeam = (
  spec: EnvironmentSpec,
  configuration: SimultaneousConfiguration,
  random: Random,
): Team => {
  const { network, gaussian, showAgent, sharing, policy, normaliseAdvantages } = configuration;
  const { hideInactive, normalise } = configuration.critic;
  const length = sequenceLength(configuration);
  const options = { network, gaussian, divergence: 'exact', showAgent, hideInactive, normalise } as const;
  const pairs = groupsOf(spec, sharing).map((agents) => createActorCritic(spec, agents, options, random));
  const actors = pairs.map(({ actor }) => actor);
  const critics = pairs.map(({ critic }) => critic);
  const optimisers = createOptimisers(pairs, policy);
  const team = spec.agents.length;
  return {
    actors,
    async learn(rollout, { rate, random: stream, reduce, shard }) {
      optimisers.rate = rate;
      const starts = critics.map((critic) => memoryAtStart(rollout, critic, team));
      const request = { ...configuration, team, single: false, length };
      const { valuations, ...appraisal } = await appraise(critics, rollout, starts, request);
      const advantages = appraisal.advantages();
      const returns = appraisal.returns(advantages);
      await standardiseTeam(rollout, advantages, team, normaliseAdvantages, reduce);
      const { steps, copies } = rollout;
      const found = [];
      for (const [index, pair] of pairs.entries()) {
        const sequences = cutInto({ steps, length, copies, team, agents: pair.actor.agents });
        const policyLesson = { spec, rollout, sequences, advantages, random: stream, reduce, shard };
        const lesson = { ...policyLesson, valuation: valuations[index], returns: returns[index] };
        found.push(await practiseTogether(pair, optimisers.of[index], lesson, configuration));
      }
      return averageOf(found);
    },
    save: async () => ({
      actors: await saveActors(actors),
      critics: await saveCritics(critics),
      optimisers: await optimisers.save(),
    }),
    restore(state) {
      restoreActors(actors, stateTree(state, 'actors'));
      restoreCritics(critics, stateTree(state, 'critics'));
      optimisers.restore(stateTree(state, 'optimisers'));
    },
    dispose() {
      for (const { parameters } of pairs) disposeParameters(parameters);
      optimisers.dispose();
    },
  };
};
