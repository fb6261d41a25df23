import type { TensorInfo, TransposeAttrs } from '@tensorflow/tfjs-core';
import { size } from '../elementwise/functions.js';
import { address } from '../wasm/backend.js';
import type { Instance } from '../wasm/instance.js';
import { kernel } from '../wasm/replace.js';
import { moves, simplify } from './permutation.js';

type Permute = (...values: number[]) => void;

const axesOf = (x: TensorInfo, order: readonly number[]): number[] => order.map((axis) => x.shape[axis]);

/** A copy of `x` with its axes in another order; `undefined` if nothing moves or there are too many axes. */
export const permuted = (
  instance: Instance,
  x: TensorInfo,
  order: readonly number[],
): TensorInfo | undefined => {
  const permutation = simplify(x.shape, order);
  if (permutation.shape.length < 2 || size(x.shape) === 0) return undefined;
  const rest = moves(permutation);
  if (!rest) return undefined;
  const { backend } = instance;
  const output = backend.makeOutput(axesOf(x, order), x.dtype);
  (instance.kernels.permute as Permute)(address(backend, x), address(backend, output), ...rest);
  return output;
};

/** `Transpose` of four-byte types; without anything to move it stays tfjs' own, which shares the data. */
export const transpose = kernel(({ inputs: { x }, attrs, instance }) => {
  if (x.dtype !== 'float32' && x.dtype !== 'int32') return undefined;
  const { perm } = attrs as unknown as TransposeAttrs;
  // tfjs' own divides by zero here.
  if (size(x.shape) === 0) return instance.backend.makeOutput(axesOf(x, perm), x.dtype);
  return permuted(instance, x, perm);
});
