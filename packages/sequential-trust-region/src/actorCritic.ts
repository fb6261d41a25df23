import { createValueNormaliser, type EnvironmentSpec, type Random } from '@murmuration/core';
import { joinParameters, type Parameters, type Tensor2D } from '@murmuration/core/tensors';
import { type Actor, type ActorBatch, type ActorOptions, createActor, featuresOf } from './actor';
import type { Critic } from './critic';
import { branchOff } from './networks';

export interface ActorCriticOptions extends ActorOptions {
  /** Whether the critic predicts normalised returns. */
  readonly normalise: boolean;
}

/** An actor and a critic on one trunk: they see the same and remember the same (JaxMARL's IPPO). */
export interface ActorCritic {
  readonly actor: Actor;
  readonly critic: Critic;
  /** All weights, the trunk's once. */
  readonly parameters: Parameters;
}

/** The actor has the trunk; the critic branches off from it. */
export const createActorCritic = (
  spec: EnvironmentSpec,
  agents: readonly number[],
  options: ActorCriticOptions,
  random: Random,
): ActorCritic => {
  const actor = createActor(spec, agents, options, random);
  const network = branchOff(random, actor.network.trunk, { ...options.network, outputs: 1, gain: 1 });
  const { parameters } = network.branch;
  const normaliser = options.normalise ? createValueNormaliser() : undefined;
  return {
    actor,
    critic: { agents, view: actor.view, network, parameters, normaliser },
    parameters: joinParameters({ actor: actor.parameters, critic: parameters }),
  };
};

/** What both say of samples, in one pass over the trunk: `[row, outputs]` and `[row, 1]`. */
export const outputsOf = (
  { actor, critic }: ActorCritic,
  batch: ActorBatch,
): { policy: Tensor2D; value: Tensor2D } => {
  const features = featuresOf(actor, batch);
  return { policy: actor.network.branch.forward(features), value: critic.network.branch.forward(features) };
};
