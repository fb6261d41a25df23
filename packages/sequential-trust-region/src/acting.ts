import { type EnvironmentSpec, gatherRows, type Observed } from '@murmuration/core';
import { tensor2d, tidy } from '@murmuration/core/tensors';
import { type Actor, memoryOf } from './actor';

/** What each actor's network says of one moment of all copies, `[environment, agent of the actor, outputs]`. */
export type Outputs = readonly Float32Array[];

/** Actors at work: one forward pass of each for all copies and all its agents. */
export interface Acting {
  /** `[environment, agent, memoryWidth]`: what is remembered; changes with every step. */
  readonly memory: Float32Array;
  /** Look at a moment and remember it. Copies that start anew forget first. */
  look(frame: Observed): Promise<Outputs>;
}

/** Every row of some agents in `[environment, agent]`. */
export const rowsOfAgents = (copies: number, team: number, agents: readonly number[]): Int32Array =>
  Int32Array.from(
    { length: copies * agents.length },
    (_, index) => Math.floor(index / agents.length) * team + agents[index % agents.length],
  );

/** @param memory where a memory goes on from; empty where left out. */
export const createActing = (
  spec: EnvironmentSpec,
  actors: readonly Actor[],
  copies: number,
  memory?: Float32Array,
): Acting => {
  const team = spec.agents.length;
  const units = Math.max(...actors.map(({ network }) => network.memoryWidth));
  const remembered = memory ?? new Float32Array(copies * team * units);
  const rows = actors.map(({ agents }) => rowsOfAgents(copies, team, agents));
  const places = rows.map((own) => own.map((row) => Math.floor(row / team)));

  const remember = (own: Int32Array, states: Float32Array): void => {
    for (let index = 0; index < own.length; index++) {
      for (let unit = 0; unit < units; unit++)
        remembered[own[index] * units + unit] = states[index * units + unit];
    }
  };

  const lookBy = async ({ view, network }: Actor, index: number, frame: Observed): Promise<Float32Array> => {
    const own = rows[index];
    const recurrent = network.memoryWidth > 0;
    const start = recurrent ? gatherRows(remembered, units, own) : undefined;
    const resets = recurrent ? gatherRows(frame.started, 1, places[index]) : undefined;
    const [output, states] = tidy(() => {
      const input = tensor2d(view.show(frame, own), [own.length, view.width]);
      const { output, memory: after } = network.forward(input, memoryOf(network, start, resets, 1));
      return after ? [output, after] : [output];
    });
    const values = (await output.data()) as Float32Array;
    output.dispose();
    if (states) {
      remember(own, (await states.data()) as Float32Array);
      states.dispose();
    }
    return values;
  };

  return {
    memory: remembered,
    async look(frame) {
      const outputs: Float32Array[] = [];
      for (const [index, actor] of actors.entries()) outputs.push(await lookBy(actor, index, frame));
      return outputs;
    },
  };
};
