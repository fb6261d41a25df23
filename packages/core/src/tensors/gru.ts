import { gru } from '@murmuration/kernels';
import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import type { Random } from '../random';
import type { ArrayValue } from '../state';
import type { Initialiser } from './initialisers';
import { createParameters, type Parameters } from './parameters';

export interface GruShape {
  readonly inputs: number;
  readonly units: number;
  /**
   * Of both weights, drawn for each gate apart; biases then start at 0.
   * @default U(−b, b) with b = 1 / √units for weights and biases, PyTorch's
   */
  readonly initialiser?: Initialiser;
}

/** A gated recurrent unit, Cho et al. 2014, in the form of PyTorch and cuDNN. */
export interface GruNetwork {
  /**
   * `inputWeight` `[inputs, 3 units]`, `recurrentWeight` `[units, 3 units]`, `inputBias` and `recurrentBias`
   * `[3 units]`; gates side by side: reset, update, candidate.
   */
  readonly parameters: Parameters;
  /**
   * All steps of sequences; for one step, let `time` be 1.
   * @param input `[time, batch, inputs]`
   * @param start the state before the first step, `[batch, units]`
   * @param resets bool `[time, batch]`: true sets the state to 0 before that step
   * @returns the state after each step, `[time, batch, units]`
   */
  forward(input: Tensor3D, start: Tensor2D, resets?: Tensor2D, parameters?: Parameters): Tensor3D;
}

const gates = 3;

/** Columns of three matrices, side by side. */
const sideBySide = (parts: readonly ArrayValue<Float32Array>[]): ArrayValue<Float32Array> => {
  const [rows, columns] = parts[0].shape;
  const data = new Float32Array(rows * columns * parts.length);
  for (let row = 0; row < rows; row++) {
    parts.forEach((part, index) => {
      const values = part.data.subarray(row * columns, (row + 1) * columns);
      data.set(values, (row * parts.length + index) * columns);
    });
  }
  return { shape: [rows, columns * parts.length], data };
};

/** A recurrent layer with weights drawn from `random`; free them with `disposeParameters`. */
export const createGru = (random: Random, { inputs, units, initialiser }: GruShape): GruNetwork => {
  const limit = 1 / Math.sqrt(units);
  const uniform = (...shape: number[]): ArrayValue<Float32Array> => ({
    shape,
    data: Float32Array.from(
      { length: shape.reduce((size, each) => size * each) },
      () => limit * (2 * random.uniform() - 1),
    ),
  });
  const weight = (rows: number): ArrayValue<Float32Array> =>
    initialiser
      ? sideBySide(Array.from({ length: gates }, () => initialiser(random, rows, units)))
      : uniform(rows, gates * units);
  const bias = (): ArrayValue<Float32Array> =>
    initialiser ? { shape: [gates * units], data: new Float32Array(gates * units) } : uniform(gates * units);
  const own = createParameters({
    inputWeight: weight(inputs),
    recurrentWeight: weight(units),
    inputBias: bias(),
    recurrentBias: bias(),
  });
  return {
    parameters: own,
    forward(input, start, resets, parameters = own) {
      const { inputWeight, recurrentWeight, inputBias, recurrentBias } = parameters;
      const weights = { inputWeight, recurrentWeight, inputBias, recurrentBias };
      return gru(input, start, weights, resets) as Tensor3D;
    },
  };
};
