import type { EnvironmentSpec } from './environment';
import { widthOf } from './space';
import type { State } from './state';
import { stateArray } from './state';

/** Sizes of one row of a frame. Agents that differ share the widest row; what an agent does not use stays 0. */
export interface Layout {
  readonly agents: number;
  readonly observationWidth: number;
  readonly stateWidth: number;
  readonly actionWidth: number;
  /** Most discrete actions of any agent; 0 where all actions are continuous. */
  readonly actionCount: number;
  readonly metrics: number;
}

export const layoutOf = (spec: EnvironmentSpec): Layout => ({
  agents: spec.agents.length,
  observationWidth: Math.max(...spec.agents.map((agent) => widthOf(agent.observation))),
  stateWidth: widthOf(spec.state),
  actionWidth: Math.max(...spec.agents.map((agent) => widthOf(agent.action))),
  actionCount: Math.max(
    ...spec.agents.map((agent) => (agent.action.kind === 'discrete' ? agent.action.size : 0)),
  ),
  metrics: spec.metrics.length,
});

/**
 * What a step of all copies brought. Row-major; `environment` counts the copies.
 *
 * Where an episode ended, the plain fields already hold the first moment of the next episode, and the `final…` fields
 * the last moment of the ended one. `final…` fields of other copies hold old values: look only where `ended` says so.
 */
export interface Frame {
  readonly copies: number;
  /** `[environment, agent, observationWidth]` */
  readonly observations: Float32Array;
  /** `[environment, stateWidth]` */
  readonly state: Float32Array;
  /** `[environment, agent, actionCount]`, 1 where the action can be taken. */
  readonly availableActions: Uint8Array;
  /** `[environment, agent]`, 1 while the agent takes part. */
  readonly active: Uint8Array;
  /** `[environment]`, 1 where the observations are the first of an episode. */
  readonly started: Uint8Array;
  /** `[environment, agent]` */
  readonly rewards: Float32Array;
  /** `[environment]`, 1 where the world ended the episode in this step. */
  readonly terminated: Uint8Array;
  /** `[environment]`, 1 where the episode was cut off in this step. */
  readonly truncated: Uint8Array;
  readonly finalObservations: Float32Array;
  readonly finalState: Float32Array;
  readonly finalAvailableActions: Uint8Array;
  readonly finalActive: Uint8Array;
  /** `[environment, metric]`, valid where the episode ended. */
  readonly metrics: Float32Array;
}

/** The part of a frame that a policy may look at: never the global state. */
export type Observed = Pick<Frame, 'copies' | 'observations' | 'availableActions' | 'active' | 'started'>;

/** A frame of zeros for so many copies. */
export const createFrame = (spec: EnvironmentSpec, copies: number): Frame => {
  const { agents, observationWidth, stateWidth, actionCount, metrics } = layoutOf(spec);
  return {
    copies,
    observations: new Float32Array(copies * agents * observationWidth),
    state: new Float32Array(copies * stateWidth),
    availableActions: new Uint8Array(copies * agents * actionCount),
    active: new Uint8Array(copies * agents),
    started: new Uint8Array(copies),
    rewards: new Float32Array(copies * agents),
    terminated: new Uint8Array(copies),
    truncated: new Uint8Array(copies),
    finalObservations: new Float32Array(copies * agents * observationWidth),
    finalState: new Float32Array(copies * stateWidth),
    finalAvailableActions: new Uint8Array(copies * agents * actionCount),
    finalActive: new Uint8Array(copies * agents),
    metrics: new Float32Array(copies * metrics),
  };
};

/** Actions of all agents in all copies: `[environment, agent, actionWidth]`. */
export const createActions = (spec: EnvironmentSpec, copies: number): Float32Array =>
  new Float32Array(copies * spec.agents.length * layoutOf(spec).actionWidth);

/** Whether copy `environment` ended its episode in the step that this frame tells of. */
export const ended = (frame: Frame, environment: number): boolean =>
  frame.terminated[environment] === 1 || frame.truncated[environment] === 1;

const fields = (frame: Frame): [string, Float32Array | Uint8Array][] =>
  Object.entries(frame).filter(
    (entry): entry is [string, Float32Array | Uint8Array] => typeof entry[1] !== 'number',
  );

export const saveFrame = (frame: Frame): State =>
  Object.fromEntries(fields(frame).map(([name, values]) => [name, values.slice()]));

/** @throws CheckpointError where a field is missing or has another length. */
export const restoreFrame = (frame: Frame, state: State): void => {
  for (const [name, values] of fields(frame)) {
    if (values instanceof Float32Array) values.set(stateArray(state, name, Float32Array, values.length));
    else values.set(stateArray(state, name, Uint8Array, values.length));
  }
};
