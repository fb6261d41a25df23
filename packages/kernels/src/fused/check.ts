import type { DataType, Tensor } from '@tensorflow/tfjs-core';

/** What an input of an operation has to be: its shape, `-1` where any length will do, and its type. */
export interface Wanted {
  readonly tensor: Tensor;
  readonly shape: readonly number[];
  readonly dtype?: DataType;
}

/** @throws before any memory is touched, naming the operation, the input, what was found and what is needed */
export const checkInputs = (operation: string, inputs: Readonly<Record<string, Wanted>>): void => {
  for (const [name, { tensor, shape, dtype = 'float32' }] of Object.entries(inputs)) {
    const fits =
      tensor.shape.length === shape.length &&
      tensor.shape.every((length, axis) => shape[axis] === -1 || length === shape[axis]);
    if (fits && tensor.dtype === dtype) continue;
    const needed = `${dtype} [${shape.map((length) => (length === -1 ? 'any' : length))}]`;
    const found = `${tensor.dtype} [${tensor.shape}]`;
    throw new Error(`@murmuration/kernels: ${operation} needs ${name} to be ${needed}, found ${found}`);
  }
};
