import type { EnvironmentSpec, Policy } from '@murmuration/core';
import { type Acting, greedyAction } from './acting';
import type { WorldSizes } from './world';

/** Every agent takes its best available action. */
export const createGreedyPolicy = (spec: EnvironmentSpec, sizes: WorldSizes, acting: Acting): Policy => ({
  spec,
  start(copies) {
    const memory = acting.start(copies);
    return {
      async act(frame, actions) {
        const values = await acting.values(frame, memory);
        for (let row = 0; row < copies * sizes.agents; row++) {
          const at = row * sizes.actions;
          const action = greedyAction(values, frame.availableActions, at, sizes.actions);
          memory.lastActions[row] = action;
          actions[row] = action;
        }
      },
      dispose: () => acting.dispose(memory),
    };
  },
});
