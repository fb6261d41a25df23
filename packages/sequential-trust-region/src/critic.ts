import {
  createValueNormaliser,
  type EnvironmentSpec,
  type Random,
  type ValueNormaliser,
} from '@murmuration/core';
import { type BodyOptions, createNetwork, type Network } from './networks';
import { createView, type Part, type View } from './view';

/** A value function of one agent, of a group of agents, or of the whole team (then its only agent is the first). */
export interface Critic {
  readonly agents: readonly number[];
  readonly view: View;
  readonly network: Network;
  readonly normaliser: ValueNormaliser | undefined;
}

export interface CriticOptions {
  readonly network: BodyOptions;
  readonly parts: readonly Part[];
  readonly hideInactive: boolean;
  readonly normalise: boolean;
}

export const createCritic = (
  spec: EnvironmentSpec,
  agents: readonly number[],
  { network, parts, hideInactive, normalise }: CriticOptions,
  random: Random,
): Critic => {
  const view = createView({ spec, agents, parts, hideInactive });
  return {
    agents,
    view,
    network: createNetwork(random, { ...network, inputs: view.width, outputs: 1, gain: 1 }),
    normaliser: normalise ? createValueNormaliser() : undefined,
  };
};
