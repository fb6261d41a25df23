import { type EnvironmentSpec, layoutOf, type Observed, type Policy } from '@murmuration/core';
import { createActing } from './acting';
import type { Actor } from './actor';

/** Visit every agent of every copy with its actor's output and its rows of the frame. */
export const eachAgent = (
  spec: EnvironmentSpec,
  actors: readonly Actor[],
  frame: Observed,
  outputs: readonly Float32Array[],
  visit: (actor: Actor, row: number, output: Float32Array, available: Uint8Array) => void,
): void => {
  const team = spec.agents.length;
  const { actionCount } = layoutOf(spec);
  for (let copy = 0; copy < frame.copies; copy++) {
    for (const [index, actor] of actors.entries()) {
      const { agents, head } = actor;
      for (const [place, agent] of agents.entries()) {
        const row = copy * team + agent;
        const from = (copy * agents.length + place) * head.outputs;
        const output = outputs[index].subarray(from, from + head.outputs);
        const first = row * actionCount;
        visit(
          actor,
          row,
          output,
          frame.availableActions.subarray(first, first + Math.min(actionCount, head.outputs)),
        );
      }
    }
  }
};

/** The team that takes the likeliest actions. */
export const createPolicy = (spec: EnvironmentSpec, actors: readonly Actor[]): Policy => {
  const { actionWidth } = layoutOf(spec);
  return {
    spec,
    start(copies) {
      const acting = createActing(spec, actors, copies);
      const chosen = new Float32Array(actionWidth);
      return {
        async act(frame, actions) {
          const outputs = await acting.look(frame);
          eachAgent(spec, actors, frame, outputs, ({ head }, row, output, available) => {
            head.best(output, available, chosen);
            head.toWorld(chosen, actions.subarray(row * actionWidth, (row + 1) * actionWidth));
          });
        },
        dispose: () => {},
      };
    },
  };
};
