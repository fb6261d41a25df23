import type { EnvironmentSpec } from '@murmuration/core';
import { type Actor, gatherActorBatches } from '../actor';
import type { PredictionUnits } from '../appraisal';
import { createOptimisers } from '../optimisers';
import { allOf, cutInto } from '../sequences';
import { ofAgent, standardiseTeam } from './advantages';
import { growingClips } from './clips';
import { weightedVariances } from './diagnostics';
import { createFactor } from './factor';
import { averageOf } from './metrics';
import { type Order, orderAgents, scoresOf } from './order';
import { clipOthers, type OthersClip } from './others';
import { type PpoOptions, practise } from './ppo';
import type { Rule } from './rule';
import { type TraceOptions, tracesOf } from './traces';

export interface AgentwiseOptions {
  readonly policy: PpoOptions;
  readonly normaliseAdvantages: 'team' | 'agent' | 'none';
  readonly order: Order;
  /** By which values advantages are divided to rank agents. */
  readonly scores: PredictionUnits;
  readonly othersClip: OthersClip;
  readonly adaptiveClip: boolean;
  /** Correct advantages for what agents before have become. */
  readonly trace: TraceOptions | undefined;
  readonly lambda: number;
  /** Steps of a training sequence. */
  readonly length: number;
}

/** One number a moment, for each agent alike. */
const repeat = (values: Float32Array, agents: number): Float32Array =>
  Float32Array.from({ length: values.length * agents }, (_, index) => values[Math.floor(index / agents)]);

/** A2PO where each agent has its own policy: all epochs of one agent, then of the next (Wang et al. 2023). */
export const agentwise = (
  spec: EnvironmentSpec,
  actors: readonly Actor[],
  options: AgentwiseOptions,
): Rule => {
  const optimisers = createOptimisers(actors, options.policy);
  const team = spec.agents.length;
  const { normaliseAdvantages: scope, policy, length, trace } = options;
  return {
    async improve({ rollout, advantages, advantagesWith, predictions, rate, random, reduce, shard }) {
      optimisers.rate = rate;
      const { steps, copies, active } = rollout;
      const targets = advantages.slice();
      await standardiseTeam(rollout, advantages, team, scope, reduce);
      const scores = await scoresOf(advantages, predictions(options.scores), active, team, reduce);
      const clips = growingClips(policy.clip, team);
      const factor = createFactor(steps * copies, team, 'product');
      const found: object[] = [];
      let variances: Record<string, number> = {};
      for (const [position, agent] of orderAgents(scores, options.order, random).entries()) {
        const product = factor.product();
        let own = advantages;
        if (position > 0 && trace) {
          own = advantagesWith(repeat(tracesOf(product, trace, options.lambda), team));
          for (let entry = agent; entry < own.length; entry += team) targets[entry] = own[entry];
          await standardiseTeam(rollout, own, team, scope, reduce);
        }
        const index = actors.findIndex(({ agents }) => agents.includes(agent));
        const sequences = cutInto({ steps, length, copies, team, agents: [agent] });
        const whole = gatherActorBatches(actors[index], spec, rollout, sequences, allOf(sequences));
        const samples = {
          advantages: ofAgent(rollout, own, team, agent),
          product,
          active: ofAgent(rollout, active, team, agent),
        };
        variances = { ...variances, ...(await weightedVariances(position + 1, samples, reduce)) };
        const others = repeat(clipOthers(product, options.othersClip, policy.clip), team);
        const lesson = { spec, rollout, sequences, whole, advantages: own, others, random, reduce, shard };
        const clip = options.adaptiveClip ? clips[position] : policy.clip;
        found.push(await practise(actors[index], optimisers.of[index], lesson, { ...policy, clip }));
        if (position < team - 1) await factor.multiply(actors[index], whole);
      }
      return { metrics: { ...averageOf(found), ...variances }, advantages: targets };
    },
    save: () => optimisers.save(),
    restore: (state) => optimisers.restore(state),
    dispose: () => optimisers.dispose(),
  };
};
