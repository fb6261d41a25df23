import * as tf from '@tensorflow/tfjs-core';
import { gradient, zeros } from './gradient.js';

type Shape = [number, number, number, number];

/** The backends' own kernels of a pool's backward pass; tfjs-core exports no function for them. */
const run = (kernelName: string, inputs: tf.NamedTensorMap, attributes: object): tf.Tensor =>
  tf.engine().runKernel(kernelName, inputs, attributes as tf.NamedAttrMap);

/**
 * What part of each window lies on the image, [1, outHeight, outWidth, 1]. tfjs' AvgPool divides by the elements on the
 * image, but its AvgPoolGrad by the whole window (CPU and WASM): wrong wherever a window reaches into the padding.
 */
function coverage(
  input: tf.Tensor,
  { filterSize, strides, pad, dimRoundingMode }: tf.AvgPoolAttrs,
): tf.Tensor {
  const shape = input.shape as Shape;
  const info = tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
  const covered = (outputs: number, stride: number, before: number, window: number, length: number) =>
    Array.from({ length: outputs }, (_, output) => {
      const start = output * stride - before;
      return (Math.min(start + window, length) - Math.max(start, 0)) / window;
    });
  const { outHeight, outWidth, padInfo } = info;
  const rows = covered(outHeight, info.strideHeight, padInfo.top, info.filterHeight, info.inHeight);
  const columns = covered(outWidth, info.strideWidth, padInfo.left, info.filterWidth, info.inWidth);
  const parts = rows.flatMap((row) => columns.map((column) => row * column));
  return tf.tensor4d(parts, [1, outHeight, outWidth, 1]);
}

const avgPool = gradient('AvgPool', { inputs: ['x'] }, (dy, [x], attributes: tf.AvgPoolAttrs) => ({
  x: () => run('AvgPoolGrad', { dy: tf.div(dy, coverage(x, attributes)), input: x }, attributes),
}));

/** Linear in dy: an average over whole windows, padding included. The image it came from has no say in it. */
const avgPoolGrad = gradient(
  'AvgPoolGrad',
  { inputs: ['input'] },
  (upstream, [input], attributes: tf.AvgPoolAttrs) => ({
    dy: () => tf.mul(run('AvgPool', { x: upstream }, attributes), coverage(input, attributes)),
    input: zeros(input),
  }),
);

const maxPool = gradient(
  'MaxPool',
  { inputs: ['x'], outputs: [true] },
  (dy, [x, output], attributes: tf.MaxPoolAttrs) => ({
    x: () => run('MaxPoolGrad', { dy, input: x, output }, attributes),
  }),
);

export const pooling: readonly tf.GradConfig[] = [avgPool, avgPoolGrad, maxPool];
