import type { Random } from '@murmuration/core';
import {
  createDense,
  createLayerNorm,
  joinParameters,
  orthogonal,
  type Parameters,
  type Tensor2D,
} from '@murmuration/core/tensors';

/** Layers that actors and critics have in kind, and in weights too where they share a trunk. */
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

/** Some layers, row by row. */
export interface Piece {
  readonly parameters: Parameters;
  forward(input: Tensor2D): Tensor2D;
}

/** Gains that keep the size of a signal (PyTorch's `calculate_gain`). */
const gains = { relu: Math.SQRT2, tanh: 5 / 3 };

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

/** @param sizes of the input and of each layer */
export const createBlocks = (random: Random, sizes: readonly number[], options: BodyOptions): Piece[] =>
  sizes.slice(1).map((units, layer) => createBlock(random, sizes[layer], units, options));

export const run = (pieces: readonly Piece[], input: Tensor2D): Tensor2D =>
  pieces.reduce((signal, piece) => piece.forward(signal), input);

/** The weights of pieces by name and number. */
export const named = (name: string, pieces: readonly Piece[]): Parameters =>
  joinParameters(Object.fromEntries(pieces.map((piece, index) => [`${name}${index}`, piece.parameters])));
