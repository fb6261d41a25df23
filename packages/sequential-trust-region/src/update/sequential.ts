import type { EnvironmentSpec, FactorKind } from '@murmuration/core';
import { type Actor, type ActorBatch, gatherActorBatches } from '../actor';
import { allOf, cutInto } from '../sequences';
import { ofAgent, standardiseTeam } from './advantages';
import { weightedVariances } from './diagnostics';
import { createFactor } from './factor';
import { averageOf } from './metrics';
import { orderAgents } from './order';
import type { Lesson } from './ppo';
import type { Improved, Improvement } from './rule';

export interface SequentialOptions {
  readonly normaliseAdvantages: 'team' | 'agent' | 'none';
  readonly order: 'random' | 'fixed';
  readonly factor: FactorKind;
  /** Steps of a training sequence. */
  readonly length: number;
}

/**
 * HAPPO, HATRPO and their low-variance forms: one agent learns after the other, its advantages multiplied with what the
 * updates of those before it have made more or less likely (Kuba et al. 2022; Le and Ta 2025).
 * @param learn one agent's update from its own samples
 */
export const improveInTurn = async (
  spec: EnvironmentSpec,
  actors: readonly Actor[],
  { rollout, advantages, random, reduce, shard }: Improvement,
  options: SequentialOptions,
  learn: (actor: number, lesson: Lesson & { readonly whole: readonly ActorBatch[] }) => Promise<object>,
): Promise<Improved> => {
  const team = spec.agents.length;
  const { steps, copies, active } = rollout;
  await standardiseTeam(rollout, advantages, team, options.normaliseAdvantages, reduce);
  const factor = createFactor(steps * copies, team, options.factor);
  const found: object[] = [];
  let variances: Record<string, number> = {};
  for (const [position, agent] of orderAgents(new Float32Array(team), options.order, random).entries()) {
    const index = actors.findIndex(({ agents }) => agents.includes(agent));
    const sequences = cutInto({ steps, length: options.length, copies, team, agents: [agent] });
    const own = {
      advantages: ofAgent(rollout, advantages, team, agent),
      product: factor.product(),
      active: ofAgent(rollout, active, team, agent),
    };
    variances = { ...variances, ...(await weightedVariances(position + 1, own, reduce)) };
    const whole = gatherActorBatches(actors[index], spec, rollout, sequences, allOf(sequences));
    const samples = { spec, rollout, sequences, whole, advantages, random, reduce, shard };
    found.push(await learn(index, { ...samples, factor: factor.used() }));
    if (position < team - 1) await factor.multiply(actors[index], whole);
  }
  return { metrics: { ...averageOf(found), ...variances } };
};
