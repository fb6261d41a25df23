import type { TensorInfo } from '@tensorflow/tfjs-core';
import { address } from '../wasm/backend.js';
import { kernel, type Replacement } from '../wasm/replace.js';
import { size } from './functions.js';

const codes = { maximum: 0, minimum: 1 } as const;

/** `Maximum` and `Minimum` of equal shapes, or of a tensor and one number; other broadcasts stay with tfjs. */
export const extremum = (name: keyof typeof codes): Replacement =>
  kernel(({ inputs, instance, backend }): TensorInfo | undefined => {
    const { a, b } = inputs;
    if (a.dtype !== 'float32' || b.dtype !== 'float32') return undefined;
    const same =
      a.shape.length === b.shape.length && a.shape.every((length, axis) => length === b.shape[axis]);
    const isOne = (x: TensorInfo, beside: TensorInfo) =>
      size(x.shape) === 1 && x.shape.length <= beside.shape.length;
    if (!same && !isOne(a, b) && !isOne(b, a)) return undefined;
    const [whole, other] = same || isOne(b, a) ? [a, b] : [b, a];
    const output = backend.makeOutput(whole.shape, 'float32');
    const [from, with_, to] = [address(backend, whole), address(backend, other), address(backend, output)];
    instance.kernels.binary(codes[name], from, with_, Number(!same), to, size(whole.shape));
    return output;
  });

/** `Select`: a condition of the same shape, or of one value for each row. */
export const select = kernel(({ inputs, instance, backend }): TensorInfo | undefined => {
  const { condition, t, e } = inputs;
  if (t.dtype !== e.dtype || (t.dtype !== 'float32' && t.dtype !== 'int32')) return undefined;
  // tfjs' core does not broadcast a condition to nothing, and its kernel then writes as much as the condition has.
  if (size(t.shape) === 0) return backend.makeOutput(t.shape, t.dtype);
  const rank = condition.shape.length;
  const inner = rank === 0 || rank > 1 || t.shape.length === 1 ? 1 : size(t.shape.slice(1));
  const rows = size(condition.shape);
  if (rows * inner !== size(t.shape) || size(t.shape) !== size(e.shape)) return undefined;
  const output = backend.makeOutput(t.shape, t.dtype);
  const [mask, yes, no] = [condition, t, e].map((tensor) => address(backend, tensor));
  instance.kernels.select(mask, rows, inner, yes, no, address(backend, output));
  return output;
});
