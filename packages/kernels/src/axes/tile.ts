import { type TensorInfo, type TileAttrs, util } from '@tensorflow/tfjs-core';
import { size } from '../elementwise/functions.js';
import { address } from '../wasm/backend.js';
import { kernel } from '../wasm/replace.js';

/** `Tile` of any numeric type, also to nothing (where tfjs' own reads out of bounds): what broadcasting comes down to. */
export const tile = kernel(({ inputs: { x }, attrs, instance, backend }): TensorInfo | undefined => {
  const { reps } = attrs as unknown as TileAttrs;
  if (x.dtype === 'string' || x.dtype === 'complex64') return undefined;
  if (reps.some((times) => !Number.isInteger(times) || times < 0)) {
    throw new Error(`@murmuration/kernels: tile needs whole numbers of repeats, found [${reps}]`);
  }
  const bytes = util.bytesPerElement(x.dtype);
  const repeated = reps.map((_, axis) => axis).filter((axis) => reps[axis] !== 1);
  if (repeated.length === 0) return undefined;
  // From the last axis to the first, through one more array for each.
  let from = x;
  for (const axis of repeated.reverse()) {
    const shape = from.shape.map((length, each) => (each === axis ? length * reps[axis] : length));
    const to = backend.makeOutput(shape, x.dtype);
    const block = bytes * size(from.shape.slice(axis));
    instance.kernels.repeat(
      address(backend, from),
      address(backend, to),
      size(from.shape.slice(0, axis)),
      block,
      reps[axis],
    );
    if (from !== x) backend.disposeData(from.dataId);
    from = to;
  }
  return from;
});
