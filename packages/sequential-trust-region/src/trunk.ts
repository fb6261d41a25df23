import type { Random } from '@murmuration/core';
import {
  createGru,
  createLayerNorm,
  joinParameters,
  orthogonal,
  type Parameters,
  reshape,
  type Tensor2D,
  type Tensor3D,
} from '@murmuration/core/tensors';
import { type BodyOptions, createBlocks, named, run } from './layers';

/** What a recurrent network remembers at the start of its sequences. */
export interface Memory {
  /** `[sequence, units]` */
  readonly start: Tensor2D;
  /** bool `[time, sequence]`, true where the memory is emptied before the step. */
  readonly resets: Tensor2D;
}

/** What a trunk makes of its input. */
export interface Sight {
  /** `[time * sequence, features]` */
  readonly features: Tensor2D;
  /** `[time, sequence, units]`: the memory after each step, of a recurrent trunk. */
  readonly memory?: Tensor3D;
}

/** The layers of a network up to its memory. */
export interface Trunk {
  readonly parameters: Parameters;
  /** Features that it gives. */
  readonly width: number;
  /** Units of the memory; 0 where there is none. */
  readonly memoryWidth: number;
  /** @param input `[time * sequence, inputs]`, step after step @param memory needed where the trunk is recurrent */
  forward(input: Tensor2D, memory?: Memory): Sight;
}

/** Normalised inputs, dense blocks, a recurrent layer where wanted. */
export const createTrunk = (random: Random, inputs: number, options: BodyOptions): Trunk => {
  const { hidden, recurrent, normaliseInputs, layerNorm } = options;
  const inputNorm = normaliseInputs ? [createLayerNorm(inputs)] : [];
  const before = createBlocks(random, [inputs, ...hidden], options);
  const units = hidden.at(-1) ?? inputs;
  const gru = recurrent ? createGru(random, { inputs: units, units, initialiser: orthogonal() }) : undefined;
  const memoryNorm = gru && layerNorm ? [createLayerNorm(units)] : [];
  return {
    parameters: {
      ...named('input', inputNorm),
      ...named('before', before),
      ...(gru ? joinParameters({ memory: gru.parameters }) : {}),
      ...named('memoryNorm', memoryNorm),
    },
    width: units,
    memoryWidth: gru ? units : 0,
    forward(input, memory) {
      const features = run([...inputNorm, ...before], input);
      if (!gru || !memory) return { features };
      const [time, sequences] = memory.resets.shape;
      const sequence: Tensor3D = reshape(features, [time, sequences, units]);
      const states = gru.forward(sequence, memory.start, memory.resets);
      const flat: Tensor2D = reshape(states, [time * sequences, units]);
      return { features: run(memoryNorm, flat), memory: states };
    },
  };
};
