import {
  type EnvironmentSpec,
  layoutOf,
  type Observed,
  type State,
  stateArray,
  stateNumber,
} from '@murmuration/core';

/** What agents see of the world when observations take time: whatever the frame shows, some steps later. */
export interface DelayedView {
  /** Note what is shown now. @returns what the agents see; overwritten by the next call. */
  look(frame: Observed): Observed;
  save(): State;
  restore(state: State): void;
}

/**
 * Everybody knows the start of an episode at once; from then on observations arrive `delay` steps late, so that the
 * first one is acted upon `delay` steps more. Which actions are available is known without delay.
 */
export const createDelayedView = (spec: EnvironmentSpec, copies: number, delay: number): DelayedView => {
  if (delay === 0) return { look: (frame) => frame, save: () => ({}), restore: () => {} };
  const { agents, observationWidth } = layoutOf(spec);
  const width = agents * observationWidth;
  /** The last observations, the oldest at `place`. */
  const past = Array.from({ length: delay + 1 }, () => new Float32Array(copies * width));
  let place = 0;
  return {
    look(frame) {
      past[place].set(frame.observations);
      for (let copy = 0; copy < copies; copy++) {
        if (frame.started[copy] === 0) continue;
        const now = frame.observations.subarray(copy * width, (copy + 1) * width);
        for (const row of past) row.set(now, copy * width);
      }
      place = (place + 1) % past.length;
      const { availableActions, active, started } = frame;
      return { copies, observations: past[place], availableActions, active, started };
    },
    save: () => ({ place, ...Object.fromEntries(past.map((row, index) => [`past${index}`, row.slice()])) }),
    restore(state) {
      place = stateNumber(state, 'place');
      past.forEach((row, index) => {
        row.set(stateArray(state, `past${index}`, Float32Array, row.length));
      });
    },
  };
};
