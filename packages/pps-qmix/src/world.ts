import { type AgentSpec, type EnvironmentSpec, encode, featuresOf, layoutOf } from '@murmuration/core';

/** Sizes of a world as the networks see it. */
export interface WorldSizes {
  readonly agents: number;
  /** Most actions of any agent; what an agent does not have is never available. */
  readonly actions: number;
  /** Floats of one agent in a frame. */
  readonly observationWidth: number;
  readonly stateWidth: number;
  /** Features of the widest observation; discrete ones are shown one-hot. */
  readonly observation: number;
  readonly state: number;
}

export const sizesOf = (spec: EnvironmentSpec): WorldSizes => {
  const { agents, actionCount, observationWidth, stateWidth } = layoutOf(spec);
  return {
    agents,
    actions: actionCount,
    observationWidth,
    stateWidth,
    observation: Math.max(...spec.agents.map((agent) => featuresOf(agent.observation))),
    state: featuresOf(spec.state),
  };
};

/** What is shown to an agent's network beside its observation. */
export interface InputOptions {
  /** Its last action, one-hot; zeros at the start of an episode. */
  readonly lastAction: boolean;
  /** Its number, one-hot. */
  readonly agentId: boolean;
}

/** Writes the input of agent networks: observation, last action, number. */
export interface InputWriter {
  readonly width: number;
  /**
   * @param observations floats as they stand in a frame, from `from` on
   * @param lastAction -1 at the start of an episode
   * @param input zeros from `at` on
   */
  write(
    agent: number,
    observations: Float32Array,
    from: number,
    lastAction: number,
    input: Float32Array,
    at: number,
  ): void;
}

export const createInputWriter = (
  agents: readonly AgentSpec[],
  sizes: WorldSizes,
  options: InputOptions,
): InputWriter => {
  const actionsAt = sizes.observation;
  const idAt = actionsAt + (options.lastAction ? sizes.actions : 0);
  return {
    width: idAt + (options.agentId ? sizes.agents : 0),
    write(agent, observations, from, lastAction, input, at) {
      encode(agents[agent].observation, observations, from, input, at);
      if (options.lastAction && lastAction >= 0) input[at + actionsAt + lastAction] = 1;
      if (options.agentId) input[at + idAt + agent] = 1;
    },
  };
};
