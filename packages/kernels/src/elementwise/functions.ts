import type { TensorInfo } from '@tensorflow/tfjs-core';
import { address } from '../wasm/backend.js';
import type { Instance } from '../wasm/instance.js';
import { kernel, type Replacement } from '../wasm/replace.js';

export const size = (shape: readonly number[]): number =>
  shape.reduce((product, length) => product * length, 1);

/** Functions of one element, by their number in `assembly/elementwise.ts`. */
export const functions = {
  exp: 0,
  log: 1,
  tanh: 2,
  sigmoid: 3,
  softplus: 4,
  elu: 5,
  relu: 6,
  relu6: 7,
  leakyRelu: 8,
  square: 9,
} as const;

export type FunctionName = keyof typeof functions;

/** Applies a function to `count` values in place. */
export const applyInPlace = (
  instance: Instance,
  name: FunctionName,
  at: number,
  count: number,
  parameter = 0,
): void => instance.kernels.unary(functions[name], at, at, count, parameter);

/** A kernel of tfjs with one input `x`; float32, other types stay with tfjs. */
export const unary = (name: FunctionName, parameterName?: string): Replacement =>
  kernel(({ inputs: { x }, attrs, instance, backend }): TensorInfo | undefined => {
    if (x.dtype !== 'float32') return undefined;
    const output = backend.makeOutput(x.shape, 'float32');
    const parameter = parameterName ? (attrs[parameterName] as number) : 0;
    instance.kernels.unary(
      functions[name],
      address(backend, x),
      address(backend, output),
      size(x.shape),
      parameter,
    );
    return output;
  });
