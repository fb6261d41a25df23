import { type EnvironmentSpec, partition, type Rollout } from '@murmuration/core';
import { type Actor, type ActorBatch, gatherActorBatches, logProbabilitiesOf } from '../actor';
import type { PredictionUnits } from '../appraisal';
import { createOptimisers } from '../optimisers';
import { allOf, cutInto } from '../sequences';
import { standardiseTeam } from './advantages';
import { ratioClips } from './clips';
import { averageOf } from './metrics';
import { type Order, orderAgents, scoresOf } from './order';
import { clipOthers, type OthersClip, othersOf } from './others';
import { type PpoOptions, practise } from './ppo';
import type { Rule } from './rule';
import { type TraceOptions, tracesOf } from './traces';

export interface EpochwiseOptions {
  readonly policy: PpoOptions;
  readonly normaliseAdvantages: 'team' | 'agent' | 'none';
  readonly order: Order;
  /** By which values advantages are divided to rank agents. */
  readonly scores: PredictionUnits;
  readonly othersClip: OthersClip;
  readonly adaptiveClip: boolean;
  /** Correct advantages for what agents have become since the rollout; not for CoPPO. */
  readonly trace: TraceOptions | undefined;
  readonly lambda: number;
  /** Into how many blocks agents are cut; a block learns together with those before it. */
  readonly blocks: number;
  /** Steps of a training sequence. */
  readonly length: number;
}

/** Π over agents of each moment, once for each of them. */
const jointOf = (ratios: Float32Array, agents: number): Float32Array => {
  const joint = new Float32Array(ratios.length);
  for (let from = 0; from < ratios.length; from += agents) {
    let product = 1;
    for (let agent = 0; agent < agents; agent++) product *= ratios[from + agent];
    joint.fill(product, from, from + agents);
  }
  return joint;
};

/**
 * All agents move in every epoch, each by what the others have become: CoPPO (Wu et al. 2021), and A2PO where agents
 * share a policy (Wang et al. 2023).
 */
export const epochwise = (
  spec: EnvironmentSpec,
  actors: readonly Actor[],
  options: EpochwiseOptions,
): Rule => {
  const optimisers = createOptimisers(actors, options.policy);
  const team = spec.agents.length;
  const { normaliseAdvantages: scope, policy, length, trace } = options;
  const blocks = Math.min(options.blocks, team);

  const sequencesOf = ({ steps, copies }: Rollout, agents: readonly number[]) =>
    cutInto({ steps, length, copies, team, agents });

  /** What every agent's ratio has become, `[time, environment, agent]`; 1 where it took no part. */
  const ratiosNow = async (
    rollout: Rollout,
    batches: readonly (readonly ActorBatch[])[],
  ): Promise<Float32Array> => {
    const ratios = new Float32Array(rollout.steps * rollout.copies * team);
    for (const [index, actor] of actors.entries()) {
      for (const batch of batches[index]) {
        const now = await logProbabilitiesOf(actor, batch);
        for (let sample = 0; sample < now.length; sample++) {
          const moved = batch.weights[sample] === 0 ? 0 : now[sample] - batch.before[sample];
          ratios[batch.rows[sample]] = Math.exp(moved);
        }
      }
    }
    return ratios;
  };

  return {
    async improve({ rollout, advantages, advantagesWith, predictions, rate, random, reduce, shard }) {
      optimisers.rate = rate;
      let targets: Float32Array = advantages.slice();
      await standardiseTeam(rollout, advantages, team, scope, reduce);
      const batches = actors.map((actor) => {
        const sequences = sequencesOf(rollout, actor.agents);
        return gatherActorBatches(actor, spec, rollout, sequences, allOf(sequences));
      });
      const predicted = predictions(options.scores);
      const found: object[] = [];
      let current: Float32Array = advantages;
      /** Of the policies as they are; unknown once one has moved. */
      let ratios: Float32Array | undefined;
      for (let epoch = 0; epoch < Math.ceil(policy.epochs / blocks); epoch++) {
        if (epoch > 0 && trace) {
          ratios ??= await ratiosNow(rollout, batches);
          const joint = jointOf(ratios, team);
          targets = advantagesWith(tracesOf(joint, trace, options.lambda));
          current = targets.slice();
          await standardiseTeam(rollout, current, team, scope, reduce);
        }
        const scores = await scoresOf(current, predicted, rollout.active, team, reduce);
        const parts = partition(orderAgents(scores, options.order, random), blocks);
        ratios ??= await ratiosNow(rollout, batches);
        const clips = options.adaptiveClip ? await ratioClips(policy.clip, ratios, team, reduce) : undefined;
        for (let block = 1; block <= blocks; block++) {
          ratios ??= await ratiosNow(rollout, batches);
          const others = clipOthers(othersOf(ratios, team), options.othersClip, policy.clip);
          const chosen = parts.slice(0, block).flatMap((part) => [...part]);
          for (const [index, actor] of actors.entries()) {
            const agents = actor.agents.filter((agent) => chosen.includes(agent));
            if (agents.length === 0) continue;
            const sequences = sequencesOf(rollout, agents);
            const lesson = {
              spec,
              rollout,
              sequences,
              whole: agents.length === actor.agents.length ? batches[index] : undefined,
              advantages: current,
              others,
              clips,
              random,
              reduce,
              shard,
            };
            found.push(await practise(actor, optimisers.of[index], lesson, { ...policy, epochs: 1 }));
          }
          ratios = undefined;
        }
      }
      return { metrics: averageOf(found), advantages: targets };
    },
    save: () => optimisers.save(),
    restore: (state) => optimisers.restore(state),
    dispose: () => optimisers.dispose(),
  };
};
