import type { EnvironmentSpec } from './environment';
import { type Frame, layoutOf } from './frame';
import { widthOf } from './space';

/** Where one copy writes one moment: views into a frame. */
export interface MomentViews {
  /** For each agent `widthOf(agent.observation)` floats. */
  readonly observations: readonly Float32Array[];
  /** All agents' observations, padding included. */
  readonly allObservations: Float32Array;
  readonly state: Float32Array;
  /** For each agent as many entries as it has discrete actions. */
  readonly available: readonly Uint8Array[];
  /** All agents' masks, padding included. */
  readonly allAvailable: Uint8Array;
  readonly active: Uint8Array;
}

/** What one copy writes of a frame: this moment, the last one of an ended episode, and the episode's metrics. */
export interface CopyViews {
  readonly now: MomentViews;
  readonly final: MomentViews;
  readonly metrics: Float32Array;
}

/** The views of every copy. Made once for each frame, so that a step allocates nothing. */
export const createFrameViews = (spec: EnvironmentSpec, frame: Frame): CopyViews[] => {
  const { agents, observationWidth, stateWidth, actionCount, metrics } = layoutOf(spec);
  const row = <T extends Float32Array | Uint8Array>(array: T, copy: number, width: number): T =>
    array.subarray(copy * width, (copy + 1) * width) as T;

  const moment = (
    copy: number,
    from: { observations: Float32Array; state: Float32Array; available: Uint8Array; active: Uint8Array },
  ): MomentViews => {
    const allObservations = row(from.observations, copy, agents * observationWidth);
    const allAvailable = row(from.available, copy, agents * actionCount);
    return {
      allObservations,
      observations: spec.agents.map(({ observation }, agent) => {
        const start = agent * observationWidth;
        return allObservations.subarray(start, start + widthOf(observation));
      }),
      state: row(from.state, copy, stateWidth),
      allAvailable,
      available: spec.agents.map(({ action }, agent) => {
        const start = agent * actionCount;
        return allAvailable.subarray(start, start + (action.kind === 'discrete' ? action.size : 0));
      }),
      active: row(from.active, copy, agents),
    };
  };

  return Array.from({ length: frame.copies }, (_, copy) => ({
    now: moment(copy, {
      observations: frame.observations,
      state: frame.state,
      available: frame.availableActions,
      active: frame.active,
    }),
    final: moment(copy, {
      observations: frame.finalObservations,
      state: frame.finalState,
      available: frame.finalAvailableActions,
      active: frame.finalActive,
    }),
    metrics: row(frame.metrics, copy, metrics),
  }));
};
