import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { size } from '../elementwise/functions.js';
import { address } from '../wasm/backend.js';
import { kernel, type Replacement } from '../wasm/replace.js';
import { permuted } from './transpose.js';

const codes = { sum: 0, mean: 0, max: 1, min: 2 } as const;

/** `Sum`, `Mean`, `Max` and `Min` of float32 along any axes. */
export const reduce = (name: keyof typeof codes, axisName: 'axis' | 'reductionIndices'): Replacement =>
  kernel(({ inputs: { x }, attrs, instance, backend }): TensorInfo | undefined => {
    if (x.dtype !== 'float32') return undefined;
    const axes = util.parseAxisParam(attrs[axisName] as number[], x.shape).sort((a, b) => a - b);
    const kept = x.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
    const count = size(axes.map((axis) => x.shape[axis]));
    // Neighbouring axes (others of size 1 do not count) are reduced in place, others brought to the end first.
    const wide = axes.filter((axis) => x.shape[axis] !== 1);
    const inside = (size(x.shape) > 0 ? kept : []).filter(
      (axis) => axis > wide[0] && axis < wide[wide.length - 1] && x.shape[axis] !== 1,
    );
    const moved = inside.length > 0 ? permuted(instance, x, [...kept, ...axes]) : undefined;
    if (inside.length > 0 && !moved) return undefined;
    const last = wide.length > 0 ? wide[wide.length - 1] : x.shape.length;
    const inner = moved ? 1 : size(x.shape.slice(last + 1).filter((_, i) => !axes.includes(last + 1 + i)));
    const keptSize = size(kept.map((axis) => x.shape[axis]));
    const shape = attrs.keepDims
      ? x.shape.map((length, axis) => (axes.includes(axis) ? 1 : length))
      : kept.map((axis) => x.shape[axis]);
    const output = backend.makeOutput(shape, 'float32');
    if (keptSize > 0) {
      // As the CPU backend: the mean of nothing is 0.
      const divisor = name === 'mean' && count > 0 ? count : 1;
      const [from, to] = [address(backend, moved ?? x), address(backend, output)];
      instance.kernels.reduce(codes[name], from, keptSize / inner, count, inner, to, divisor);
    }
    if (moved) backend.disposeData(moved.dataId);
    return output;
  });
