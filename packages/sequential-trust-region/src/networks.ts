import type { Random } from '@murmuration/core';
import {
  createDense,
  createGru,
  createLayerNorm,
  joinParameters,
  orthogonal,
  type Parameters,
  reshape,
  type Tensor2D,
  type Tensor3D,
} from '@murmuration/core/tensors';

/** Layers that actors and critics share in kind, not in weights. */
export interface BodyOptions {
  /** Units of the dense layers before the recurrent one. */
  readonly hidden: readonly number[];
  readonly activation: 'relu' | 'tanh';
  /** A gated recurrent unit as wide as the last hidden layer. */
  readonly recurrent: boolean;
  /** Units of the dense layers after the recurrent one. */
  readonly hiddenAfter: readonly number[];
  /** Whether inputs are normalised over their features. */
  readonly normaliseInputs: boolean;
  /** Whether every layer is followed by layer normalisation. */
  readonly layerNorm: boolean;
}

export interface NetworkShape extends BodyOptions {
  readonly inputs: number;
  readonly outputs: number;
  /** Gain of the last layer's orthogonal weights. */
  readonly gain: number;
}

/** What a recurrent network remembers at the start of its sequences. */
export interface Memory {
  /** `[sequence, units]` */
  readonly start: Tensor2D;
  /** bool `[time, sequence]`, true where the memory is emptied before the step. */
  readonly resets: Tensor2D;
}

export interface Outcome {
  /** `[time * sequence, outputs]` */
  readonly output: Tensor2D;
  /** `[time, sequence, units]`: the memory after each step, of a recurrent network. */
  readonly memory?: Tensor3D;
}

export interface Network {
  readonly parameters: Parameters;
  /** Units of the memory; 0 where there is none. */
  readonly memoryWidth: number;
  /** @param input `[time * sequence, inputs]`, step after step @param memory needed where the network is recurrent */
  forward(input: Tensor2D, memory?: Memory): Outcome;
}

/** Gains that keep the size of a signal (PyTorch's `calculate_gain`). */
const gains = { relu: Math.SQRT2, tanh: 5 / 3 };

interface Piece {
  readonly parameters: Parameters;
  forward(input: Tensor2D): Tensor2D;
}

/** Dense, activation, layer normalisation: HARL's MLPBase, a layer. */
const createBlock = (random: Random, inputs: number, units: number, options: BodyOptions): Piece => {
  const { activation, layerNorm } = options;
  const initialiser = orthogonal(gains[activation]);
  const dense = createDense(random, {
    inputs,
    hidden: [],
    outputs: units,
    lastActivation: activation,
    lastInitialiser: initialiser,
  });
  if (!layerNorm) return dense;
  const norm = createLayerNorm(units);
  return {
    parameters: joinParameters({ dense: dense.parameters, norm: norm.parameters }),
    forward: (input) => norm.forward(dense.forward(input)),
  };
};

const createBlocks = (random: Random, sizes: readonly number[], options: BodyOptions): Piece[] =>
  sizes.slice(1).map((units, layer) => createBlock(random, sizes[layer], units, options));

const run = (pieces: readonly Piece[], input: Tensor2D): Tensor2D =>
  pieces.reduce((signal, piece) => piece.forward(signal), input);

/** One network: normalised inputs, dense blocks, a recurrent layer where wanted, a linear head. */
export const createNetwork = (random: Random, shape: NetworkShape): Network => {
  const { inputs, hidden, hiddenAfter, recurrent, outputs, gain } = shape;
  const inputNorm = shape.normaliseInputs ? [createLayerNorm(inputs)] : [];
  const before = createBlocks(random, [inputs, ...hidden], shape);
  const units = hidden.at(-1) ?? inputs;
  const gru = recurrent ? createGru(random, { inputs: units, units, initialiser: orthogonal() }) : undefined;
  const memoryNorm = gru && shape.layerNorm ? [createLayerNorm(units)] : [];
  const after = createBlocks(random, [units, ...hiddenAfter], shape);
  const head = createDense(random, {
    inputs: hiddenAfter.at(-1) ?? units,
    hidden: [],
    outputs,
    lastInitialiser: orthogonal(gain),
  });
  const named = (name: string, pieces: readonly Piece[]): [string, Parameters][] =>
    pieces.map((piece, index) => [`${name}${index}`, piece.parameters]);
  const parameters = joinParameters(
    Object.fromEntries([
      ...named('input', inputNorm),
      ...named('before', before),
      ...(gru ? [['memory', gru.parameters] as const] : []),
      ...named('memoryNorm', memoryNorm),
      ...named('after', after),
      ['head', head.parameters] as const,
    ]),
  );
  return {
    parameters,
    memoryWidth: gru ? units : 0,
    forward(input, memory) {
      const features = run([...inputNorm, ...before], input);
      if (!gru || !memory) return { output: head.forward(run(after, features)) };
      const [time, sequences] = memory.resets.shape;
      const sequence: Tensor3D = reshape(features, [time, sequences, units]);
      const states = gru.forward(sequence, memory.start, memory.resets);
      const flat: Tensor2D = reshape(states, [time * sequences, units]);
      return { output: head.forward(run([...memoryNorm, ...after], flat)), memory: states };
    },
  };
};
