import {
  createActions,
  createFrame,
  type EnvironmentSpec,
  type Frame,
  restoreFrame,
  type State,
  saveFrame,
  stateArray,
  stateNumber,
  stateTree,
} from '@murmuration/core';

/** A step of all copies, and which agents were to learn from it. */
export interface Step {
  readonly before: Frame;
  readonly actions: Float32Array;
  readonly after: Frame;
  /** `[agent]` 1 for those who collected. */
  readonly collecting: Uint8Array;
}

/** Holds each step back until what came of it has arrived. */
export interface DelayedSteps {
  /** Note a step. @returns the one that arrives now, if any; overwritten by the next call. */
  pass(step: Step): Step | undefined;
  save(): State;
  restore(state: State): void;
}

const copyFrame = (to: Frame, from: Frame): void => {
  for (const name of Object.keys(to) as (keyof Frame)[]) {
    const values = to[name];
    if (typeof values !== 'number') values.set(from[name] as Float32Array);
  }
};

/** Each transition keeps its own s and a, so that learning stays right: it is only late by `delay` steps. */
export const createDelayedSteps = (spec: EnvironmentSpec, copies: number, delay: number): DelayedSteps => {
  if (delay === 0) return { pass: (step) => step, save: () => ({}), restore: () => {} };
  const held: Step[] = Array.from({ length: delay + 1 }, () => ({
    before: createFrame(spec, copies),
    actions: createActions(spec, copies),
    after: createFrame(spec, copies),
    collecting: new Uint8Array(spec.agents.length),
  }));
  let count = 0;
  return {
    pass(step) {
      const kept = held[count % held.length];
      copyFrame(kept.before, step.before);
      copyFrame(kept.after, step.after);
      kept.actions.set(step.actions);
      kept.collecting.set(step.collecting);
      count++;
      return count > delay ? held[count % held.length] : undefined;
    },
    save: () => ({
      count,
      ...Object.fromEntries(
        held.map(({ before, actions, after, collecting }, index) => [
          `step${index}`,
          {
            before: saveFrame(before),
            actions: actions.slice(),
            after: saveFrame(after),
            collecting: collecting.slice(),
          },
        ]),
      ),
    }),
    restore(state) {
      count = stateNumber(state, 'count');
      held.forEach(({ before, actions, after, collecting }, index) => {
        const saved = stateTree(state, `step${index}`);
        restoreFrame(before, stateTree(saved, 'before'));
        restoreFrame(after, stateTree(saved, 'after'));
        actions.set(stateArray(saved, 'actions', Float32Array, actions.length));
        collecting.set(stateArray(saved, 'collecting', Uint8Array, collecting.length));
      });
    },
  };
};
