import * as tf from '@tensorflow/tfjs-core';
import { gradient, gradientOfOutputs, zeros } from './gradient.js';

const size = tf.util.sizeFromShape;

/**
 * Adds slices of dy to the places in x that they were gathered from. x is seen as [blocks, length, inner] and dy as
 * [blocks, picked, inner]: one segment sum over blocks·length rows, for any axis and batchDims.
 * `places` are int32, [blocks, picked].
 */
function scatterSum(
  dy: tf.Tensor,
  places: tf.Tensor,
  [blocks, length, inner]: [number, number, number],
): tf.Tensor {
  const starts = tf.mul(tf.reshape(tf.range(0, blocks, 1, 'int32'), [blocks, 1]), tf.scalar(length, 'int32'));
  const ids: tf.Tensor1D = tf.reshape(blocks === 1 ? places : tf.add(places, starts), [-1]);
  return tf.unsortedSegmentSum(tf.reshape(dy, [ids.size, inner]), ids, blocks * length);
}

const gatherV2 = gradient(
  'GatherV2',
  { inputs: ['x', 'indices'] },
  (dy, [x, indices], { axis, batchDims }: tf.GatherV2Attrs) => ({
    x: () => {
      const [along] = tf.util.parseAxisParam(axis, x.shape);
      const batch = size(x.shape.slice(0, batchDims));
      const outer = size(x.shape.slice(batchDims, along));
      const picked = size(indices.shape.slice(batchDims));
      const perBatch = tf.reshape(tf.cast(indices, 'int32'), [batch, 1, picked]);
      const places = outer === 1 ? perBatch : tf.tile(perBatch, [1, outer, 1]);
      const layout: [number, number, number] = [
        batch * outer,
        x.shape[along],
        size(x.shape.slice(along + 1)),
      ];
      return tf.reshape(scatterSum(dy, tf.reshape(places, [batch * outer, picked]), layout), x.shape);
    },
    indices: zeros(indices),
  }),
);

/** Row i of x went to row segmentIds[i]; rows with an id outside the segments went nowhere. */
const unsortedSegmentSum = gradient(
  'UnsortedSegmentSum',
  { inputs: ['segmentIds'] },
  (dy, [segmentIds], { numSegments }: tf.UnsortedSegmentSumAttrs) => ({
    x: () => {
      // Not tf.clipByValue: on WASM it clips the bits of an int32 as if they were those of a float.
      const [first, last] = [tf.scalar(0, 'int32'), tf.scalar(numSegments - 1, 'int32')];
      const inside = tf.minimum(tf.maximum(segmentIds, first), last);
      const kept = tf.cast(tf.equal(inside, segmentIds), 'float32');
      const mask = tf.reshape(kept, [-1, ...new Array<number>(dy.rank - 1).fill(1)]);
      return tf.mul(tf.gather(dy, inside as tf.Tensor1D), mask);
    },
    segmentIds: zeros(segmentIds),
  }),
);

const gatherNd = gradient('GatherNd', { inputs: ['params', 'indices'] }, (dy, [params, indices]) => ({
  params: () => tf.scatterND(indices, dy, params.shape),
  indices: zeros(indices),
}));

const scatterNd = gradient('ScatterNd', { inputs: ['indices'] }, (dy, [indices]) => ({
  updates: () => tf.gatherND(dy, indices),
  indices: zeros(indices),
}));

/** The k largest of the last axis; only the values have a gradient. The saved indices are constants of the tape. */
const topK = gradientOfOutputs('TopK', { inputs: ['x'], outputs: [false, true] }, ([dy], [x, indices]) => ({
  x: () => {
    const length = x.shape[x.rank - 1];
    const blocks = x.size / length;
    const places = tf.reshape(indices, [blocks, -1]);
    return tf.reshape(scatterSum(dy, places, [blocks, length, 1]), x.shape);
  },
}));

export const gather: readonly tf.GradConfig[] = [gatherV2, unsortedSegmentSum, gatherNd, scatterNd, topK];
