import type { Observed } from '@murmuration/core';
import { reshape, type Tensor2D, type Tensor3D, tensor, tidy, zeros } from '@murmuration/core/tensors';
import type { TeamNetworks } from './networks';
import type { InputWriter, WorldSizes } from './world';

/** What agents remember between the steps of an episode: the recurrent state, and what they did last. */
export interface Memory {
  /** For each network, `[copy · member, units]`. */
  hidden: Tensor2D[];
  /** `[copy, agent]`, -1 at the start of an episode. */
  readonly lastActions: Int32Array;
}

export interface Acting {
  start(copies: number): Memory;
  /**
   * Values of all actions for all copies, in one forward pass for each network; the memory moves on.
   * @returns `[copy, agent, action]`
   */
  values(frame: Observed, memory: Memory): Promise<Float32Array>;
  dispose(memory: Memory): void;
}

export const createActing = (
  team: TeamNetworks,
  sizes: WorldSizes,
  writer: InputWriter,
  units: number,
): Acting => {
  const { agents, actions, observationWidth } = sizes;
  const { members, networks } = team;

  const inputsOf = ({ copies, observations, started }: Observed, { lastActions }: Memory): Float32Array[] => {
    const inputs = networks.map(() => new Float32Array(copies * members * writer.width));
    for (let copy = 0; copy < copies; copy++) {
      for (let agent = 0; agent < agents; agent++) {
        const row = copy * agents + agent;
        if (started[copy] === 1) lastActions[row] = -1;
        const at = (copy * members + (agent % members)) * writer.width;
        const input = inputs[Math.floor(agent / members)];
        writer.write(agent, observations, row * observationWidth, lastActions[row], input, at);
      }
    }
    return inputs;
  };

  return {
    start: (copies) => ({
      hidden: networks.map(() => tidy(() => zeros([copies * members, units]) as Tensor2D)),
      lastActions: new Int32Array(copies * agents).fill(-1),
    }),
    async values(frame, memory) {
      const { copies, started } = frame;
      const rows = copies * members;
      const resets = Uint8Array.from({ length: rows }, (_, row) => started[Math.floor(row / members)]);
      const inputs = inputsOf(frame, memory);
      const results = networks.map((network, index) =>
        tidy(() => {
          const x = tensor(inputs[index], [1, rows, writer.width]) as Tensor3D;
          const reset = tensor(resets, [1, rows], 'bool') as Tensor2D;
          const { values, states } = network.forward(x, memory.hidden[index], reset);
          return { values, state: reshape(states, [rows, units]) as Tensor2D };
        }),
      );
      const found = new Float32Array(copies * agents * actions);
      for (const [index, { values, state }] of results.entries()) {
        memory.hidden[index].dispose();
        memory.hidden[index] = state;
        const each = (await values.data()) as Float32Array;
        values.dispose();
        if (networks.length === 1) found.set(each);
        else {
          for (let copy = 0; copy < copies; copy++) {
            found.set(each.subarray(copy * actions, (copy + 1) * actions), (copy * agents + index) * actions);
          }
        }
      }
      return found;
    },
    dispose: ({ hidden }) => {
      for (const each of hidden) each.dispose();
    },
  };
};

/** The available action of the highest value, the first among equals. */
export const greedyAction = (
  values: Float32Array,
  available: Uint8Array,
  at: number,
  actions: number,
): number => {
  let best = -1;
  for (let action = 0; action < actions; action++) {
    if (available[at + action] === 0) continue;
    if (best < 0 || values[at + action] > values[at + best]) best = action;
  }
  return best;
};
