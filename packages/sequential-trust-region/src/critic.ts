import {
  createValueNormaliser,
  type EnvironmentSpec,
  type Random,
  type State,
  stateTree,
  type ValueNormaliser,
} from '@murmuration/core';
import { type Parameters, restoreParameters, saveParameters } from '@murmuration/core/tensors';
import type { BodyOptions } from './layers';
import { createNetwork, type Network } from './networks';
import { createView, type Part, type View } from './view';

/** A value function of one agent, of a group of agents, or of the whole team (then its only agent is the first). */
export interface Critic {
  readonly agents: readonly number[];
  readonly view: View;
  readonly network: Network;
  /** Its own weights: all of the network, or the branch where an actor has the trunk. */
  readonly parameters: Parameters;
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
  const own = createNetwork(random, { ...network, inputs: view.width, outputs: 1, gain: 1 });
  return {
    agents,
    view,
    network: own,
    parameters: own.parameters,
    normaliser: normalise ? createValueNormaliser() : undefined,
  };
};

export const saveCritics = async (critics: readonly Critic[]): Promise<State> => ({
  networks: Object.fromEntries(
    await Promise.all(
      critics.map(async ({ parameters }, index) => [`${index}`, await saveParameters(parameters)]),
    ),
  ),
  normalisers: Object.fromEntries(
    critics.map(({ normaliser }, index) => [`${index}`, normaliser?.save() ?? {}]),
  ),
});

export const restoreCritics = (critics: readonly Critic[], state: State): void => {
  for (const [index, { parameters, normaliser }] of critics.entries()) {
    restoreParameters(parameters, stateTree(stateTree(state, 'networks'), `${index}`));
    normaliser?.restore(stateTree(stateTree(state, 'normalisers'), `${index}`));
  }
};
