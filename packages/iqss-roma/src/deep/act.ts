import { type EnvironmentSpec, type IndependentLearner, layoutOf, widthOf } from '@murmuration/core';
import { features } from '../networks';
import { sizesOf } from '../tabular/transition';
import { read, type Trained } from './network';

/** Write the best available action of every copy. @param values `[copy, action]` */
const writeGreedy = (
  values: Float32Array,
  {
    agents,
    actions,
    actionWidth,
    actionCount,
    agent,
  }: {
    readonly agents: number;
    readonly agent: number;
    readonly actions: number;
    readonly actionWidth: number;
    readonly actionCount: number;
  },
  available: Uint8Array,
  chosen: Float32Array,
): void => {
  for (let copy = 0; copy * actions < values.length; copy++) {
    const row = copy * agents + agent;
    let best = -1;
    for (let action = 0; action < actions; action++) {
      if (available[row * actionCount + action] === 0) continue;
      if (best < 0 || values[copy * actions + action] > values[copy * actions + best]) best = action;
    }
    chosen[row * actionWidth] = Math.max(0, best);
  }
};

/** Greedy actions by a network Q(s, ·). */
export const greedyActor = (
  spec: EnvironmentSpec,
  agent: number,
  network: Pick<Trained, 'forward'>,
): IndependentLearner['act'] => {
  const layout = { ...layoutOf(spec), agent, actions: sizesOf(spec, agent).actions };
  const { observation } = spec.agents[agent];
  const width = widthOf(observation);
  return async (frame, chosen) => {
    const own = new Float32Array(frame.copies * width);
    for (let copy = 0; copy < frame.copies; copy++) {
      const start = (copy * layout.agents + agent) * layout.observationWidth;
      own.set(frame.observations.subarray(start, start + width), copy * width);
    }
    const values = await read(() => network.forward(features(frame.copies, [observation, own])));
    writeGreedy(values, layout, frame.availableActions, chosen);
  };
};
