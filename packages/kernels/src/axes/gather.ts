import {
  backend_util,
  type GatherV2Attrs,
  type TensorInfo,
  type UnsortedSegmentSumAttrs,
  util,
} from '@tensorflow/tfjs-core';
import { size } from '../elementwise/functions.js';
import { address } from '../wasm/backend.js';
import { kernel } from '../wasm/replace.js';

/** `GatherV2` of four-byte types along any axis, with batch axes. @throws on an index out of range */
export const gather = kernel(({ inputs, attrs, instance, backend }): TensorInfo | undefined => {
  const { x, indices } = inputs;
  if ((x.dtype !== 'float32' && x.dtype !== 'int32') || indices.dtype !== 'int32') return undefined;
  const { axis, batchDims } = attrs as unknown as GatherV2Attrs;
  const [along] = util.parseAxisParam(axis, x.shape);
  type Tensor = Parameters<typeof backend_util.segment_util.collectGatherOpShapeInfo>[0];
  const shape = backend_util.segment_util.collectGatherOpShapeInfo(
    x as Tensor,
    indices as Tensor,
    along,
    batchDims,
  );
  const length = x.shape[along];
  const picked = shape.batchSize === 0 ? 0 : size(indices.shape) / shape.batchSize;
  const output = backend.makeOutput(shape.outputShape, x.dtype);
  const [from, at, to] = [x, indices, output].map((tensor) => address(backend, tensor));
  const wrong = instance.kernels.gather(
    ...[from, at, to],
    ...([shape.batchSize, shape.outerSize, length, picked, 4 * shape.sliceSize] as const),
  );
  if (wrong >= 0) {
    const index = new Int32Array(backend.wasm.asm.memory.buffer, at, size(indices.shape))[wrong];
    backend.disposeData(output.dataId);
    throw new Error(`@murmuration/kernels: gather found index ${index} outside [0, ${length - 1}]`);
  }
  return output;
});

/** `UnsortedSegmentSum`, which tfjs lacks on WASM: the gradient of `gather`. Rows with ids outside are left out. */
export const segmentSum = kernel(({ inputs, attrs, instance, backend }): TensorInfo | undefined => {
  const { x, segmentIds } = inputs;
  if (x.dtype !== 'float32' || segmentIds.dtype !== 'int32') return undefined;
  const { numSegments } = attrs as unknown as UnsortedSegmentSumAttrs;
  const rows = size(segmentIds.shape);
  if (x.shape[0] !== rows) {
    throw new Error(`@murmuration/kernels: unsortedSegmentSum got ${rows} ids for ${x.shape[0]} rows`);
  }
  if (!Number.isInteger(numSegments) || numSegments < 0) {
    throw new Error(
      `@murmuration/kernels: unsortedSegmentSum needs a number of segments, found ${numSegments}`,
    );
  }
  const output = backend.makeOutput([numSegments, ...x.shape.slice(1)], 'float32');
  const [from, ids, to] = [x, segmentIds, output].map((tensor) => address(backend, tensor));
  instance.kernels.segmentSum(from, ids, rows, size(x.shape.slice(1)), to, numSegments);
  return output;
});
