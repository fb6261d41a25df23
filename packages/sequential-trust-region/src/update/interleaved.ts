import { boundFactor, type EnvironmentSpec } from '@murmuration/core';
import { type Actor, gatherActorBatches } from '../actor';
import { createOptimisers } from '../optimisers';
import { allOf, cutInto, minibatchesOf } from '../sequences';
import { ofAgent, standardiseTeam } from './advantages';
import { weightedVariances } from './diagnostics';
import { createFactor } from './factor';
import { averageOf } from './metrics';
import { orderAgents } from './order';
import { type PpoOptions, prepare, stepOn } from './ppo';
import type { Rule } from './rule';
import type { SequentialOptions } from './sequential';

export interface InterleavedOptions extends SequentialOptions {
  readonly policy: PpoOptions;
  /** When factors are computed: in every round, or in the first of an epoch. */
  readonly factorTiming: 'round' | 'epoch';
}

/**
 * HAPPO and clip-HAPPO where agents share a policy (the low-variance code's form for SMAC): in each round every agent
 * takes one step, one after the other, weighted by the ratios of those before it in this round. The product begins anew
 * with each round; the released code has one for each epoch, whose first round's factors it then uses in all others.
 */
export const interleaved = (
  spec: EnvironmentSpec,
  actors: readonly Actor[],
  options: InterleavedOptions,
): Rule => {
  const optimisers = createOptimisers(actors, options.policy);
  const team = spec.agents.length;
  const { policy, length } = options;
  return {
    async improve({ rollout, advantages, rate, random, reduce, shard }) {
      optimisers.rate = rate;
      await standardiseTeam(rollout, advantages, team, options.normaliseAdvantages, reduce);
      const { steps, copies, active } = rollout;
      const seats = spec.agents.map((_, agent) => {
        const index = actors.findIndex(({ agents }) => agents.includes(agent));
        const sequences = cutInto({ steps, length, copies, team, agents: [agent] });
        const gather = (chosen: Int32Array) =>
          gatherActorBatches(actors[index], spec, rollout, sequences, chosen);
        const own = {
          advantages: ofAgent(rollout, advantages, team, agent),
          active: ofAgent(rollout, active, team, agent),
        };
        return { index, sequences, gather, own, whole: gather(allOf(sequences)) };
      });
      const order = orderAgents(new Float32Array(team), options.order, random);
      const found: object[] = [];
      const variances: object[] = [];
      for (let epoch = 0; epoch < policy.epochs; epoch++) {
        const parts = seats.map(({ sequences }) =>
          policy.minibatches === 1 ? undefined : minibatchesOf(random, sequences, policy.minibatches, shard),
        );
        /** M of each agent in the last round that computed it. */
        const products: Float32Array[] = [];
        for (let round = 0; round < policy.minibatches; round++) {
          const computes = round === 0 || options.factorTiming === 'round';
          const factor = createFactor(steps * copies, team, options.factor);
          let spread: object = {};
          for (const [position, agent] of order.entries()) {
            const { index, sequences, gather, own, whole } = seats[agent];
            if (computes) products[agent] = factor.product().slice();
            const weighted = { ...own, product: products[agent] };
            spread = { ...spread, ...(await weightedVariances(position + 1, weighted, reduce)) };
            const lesson = {
              spec,
              rollout,
              sequences,
              advantages,
              factor: boundFactor(products[agent], options.factor),
              random,
              reduce,
              shard,
            };
            const part = parts[agent]?.[round];
            const exercises = await prepare(lesson, part ? gather(part) : whole);
            found.push(await stepOn(actors[index], optimisers.of[index], exercises, policy, reduce));
            if (computes && position < team - 1) await factor.multiply(actors[index], whole);
          }
          variances.push(spread);
        }
      }
      return { metrics: { ...averageOf(found), ...averageOf(variances) } };
    },
    save: () => optimisers.save(),
    restore: (state) => optimisers.restore(state),
    dispose: () => optimisers.dispose(),
  };
};
