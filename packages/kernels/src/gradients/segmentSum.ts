import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';

/**
 * The UnsortedSegmentSum kernel, which the WASM backend lacks (tfjs#8082): row i of x is added to row segmentIds[i] of
 * the output; ids outside [0, numSegments) are left out. Plain loops over the WASM memory: they read each number once,
 * where the composition oneHotᵀ·x needs a product of (rows × segments × columns).
 */
const kernelFunc: tf.KernelFunc = ({ inputs, attrs, backend }) => {
  const wasm = backend as BackendWasm;
  const x = inputs.x!;
  const segmentIds = inputs.segmentIds!;
  const { numSegments } = attrs as unknown as tf.UnsortedSegmentSumAttrs;
  const [rows] = segmentIds.shape;
  const columns = rows === 0 ? 0 : tf.util.sizeFromShape(x.shape) / rows;
  // The output first: allocating may grow the memory, which would detach views taken before.
  const output = wasm.makeOutput([numSegments, ...x.shape.slice(1)], x.dtype);
  const ids = wasm.typedArrayFromHeap(segmentIds);
  const values = wasm.typedArrayFromHeap(x);
  const sums = wasm.typedArrayFromHeap(output);
  sums.fill(0);
  for (let row = 0; row < rows; row++) {
    const id = ids[row];
    if (id < 0 || id >= numSegments) continue;
    for (let column = 0; column < columns; column++) {
      sums[id * columns + column] += values[row * columns + column];
    }
  }
  return output;
};

export const segmentSum: tf.KernelConfig = {
  kernelName: 'UnsortedSegmentSum',
  backendName: 'wasm',
  kernelFunc,
};
