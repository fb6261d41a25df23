import type { Random } from '@murmuration/core';
import {
  concat,
  createDense,
  createGru,
  type Initialiser,
  joinParameters,
  orthogonal,
  type Parameters,
  parametersOf,
  reshape,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  type Tensor4D,
  torchUniform,
} from '@murmuration/core/tensors';

export type InitialiserName = 'torch' | 'orthogonal';

const initialisers: Readonly<Record<InitialiserName, Initialiser>> = {
  torch: torchUniform,
  orthogonal: orthogonal(),
};

export interface AgentShape {
  readonly inputs: number;
  readonly units: number;
  readonly actions: number;
  readonly initialiser: InitialiserName;
}

/** One recurrent value network: dense and ReLU, a gated recurrent unit, dense (pymarl's `RNNAgent`). */
export interface AgentNetwork {
  /** `first/0/weight`, …, `gru/inputWeight`, …, `last/0/weight`, `last/0/bias`. */
  readonly parameters: Parameters;
  /**
   * @param input `[time, batch, inputs]`
   * @param start `[batch, units]`
   * @returns values `[time, batch, actions]` and the states of the recurrent unit `[time, batch, units]`
   */
  forward(
    input: Tensor3D,
    start: Tensor2D,
    resets?: Tensor2D,
    parameters?: Parameters,
  ): { values: Tensor3D; states: Tensor3D };
}

export const createAgentNetwork = (
  random: Random,
  { inputs, units, actions, initialiser }: AgentShape,
): AgentNetwork => {
  const weights = initialisers[initialiser];
  const single = { hidden: [], initialiser: weights, lastInitialiser: weights };
  const first = createDense(random, { ...single, inputs, outputs: units, lastActivation: 'relu' });
  const gru = createGru(random, {
    inputs: units,
    units,
    ...(initialiser === 'torch' ? {} : { initialiser: weights }),
  });
  const last = createDense(random, { ...single, inputs: units, outputs: actions });
  const own = joinParameters({ first: first.parameters, gru: gru.parameters, last: last.parameters });
  return {
    parameters: own,
    forward(input, start, resets, parameters = own) {
      const hidden = first.forward(input, parametersOf(parameters, 'first'));
      const states = gru.forward(hidden, start, resets, parametersOf(parameters, 'gru'));
      return { values: last.forward(states, parametersOf(parameters, 'last')), states };
    },
  };
};

/**
 * The networks of a team: one that all agents share, or one for each. Rows of a network's batch are ordered
 * `[batch, member]`, `members` being the agents that use it.
 */
export interface TeamNetworks {
  readonly members: number;
  readonly networks: readonly AgentNetwork[];
  /** All of them: `0/first/0/weight`, … */
  readonly parameters: Parameters;
  /**
   * @param inputs for each network `[time, batch · members, inputs]`
   * @param parameters of all networks, such as a target's
   * @returns `[time, batch, agent, action]`
   */
  values(inputs: readonly Tensor3D[], start: Tensor2D, parameters?: Parameters): Tensor4D;
}

export const createTeamNetworks = (
  random: Random,
  agents: number,
  shared: boolean,
  shape: AgentShape,
): TeamNetworks => {
  const networks = Array.from({ length: shared ? 1 : agents }, () =>
    createAgentNetwork(random.split(), shape),
  );
  const own = joinParameters(
    Object.fromEntries(networks.map(({ parameters }, index) => [String(index), parameters])),
  );
  const members = shared ? agents : 1;
  return {
    members,
    networks,
    parameters: own,
    values(inputs, start, parameters = own) {
      const [time, rows] = inputs[0].shape;
      const each = networks.map((network, index): Tensor => {
        const of = parametersOf(parameters, String(index));
        return reshape(network.forward(inputs[index], start, undefined, of).values, [-1, shape.actions]);
      });
      // Side by side: stacked, they would have five dimensions, which the backend slices slowly on the way back.
      const all = each.length === 1 ? each[0] : concat(each, 1);
      return reshape(all, [time, rows / members, agents, shape.actions]) as Tensor4D;
    },
  };
};
