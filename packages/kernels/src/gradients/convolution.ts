import * as tf from '@tensorflow/tfjs-core';
import { gradient } from './gradient.js';

type Pair = [number, number];
type Convolution = tf.Conv2DAttrs;

/** Adds zeros to an image's rows and columns, or takes some away where a number is negative. */
function fit(images: tf.Tensor4D, rows: Pair, columns: Pair): tf.Tensor4D {
  const [added, removed] = [(count: number) => Math.max(count, 0), (count: number) => Math.max(-count, 0)];
  const padded = tf.pad(images, [
    [0, 0],
    [added(rows[0]), added(rows[1])],
    [added(columns[0]), added(columns[1])],
    [0, 0],
  ]);
  const [batch, height, width, channels] = padded.shape;
  return tf.slice(
    padded,
    [0, removed(rows[0]), removed(columns[0]), 0],
    [
      batch,
      height - removed(rows[0]) - removed(rows[1]),
      width - removed(columns[0]) - removed(columns[1]),
      channels,
    ],
  );
}

function geometry(x: number[], filter: number[], attributes: Convolution) {
  if (attributes.dataFormat !== 'NHWC') {
    throw new Error(
      `@murmuration/kernels: conv2d has a gradient for dataFormat 'NHWC' only, found '${attributes.dataFormat}'; transpose the images.`,
    );
  }
  return tf.backend_util.computeConv2DInfo(
    x as [number, number, number, number],
    filter as [number, number, number, number],
    attributes.strides,
    attributes.dilations ?? 1,
    attributes.pad,
    attributes.dimRoundingMode,
  );
}

/**
 * The filter's gradient, [height, width, in, out], as a convolution: channels take the place of the batch, dy that of
 * the filter, and stride and dilation change places. The WASM backend has no Conv2DBackpropFilter kernel (tfjs#8474)
 * but a fast Conv2D.
 */
function filterGradient(
  x: tf.Tensor4D,
  dy: tf.Tensor4D,
  filter: number[],
  attributes: Convolution,
): tf.Tensor {
  const info = geometry(x.shape, filter, attributes);
  const { top, left } = info.padInfo;
  const reach = (outputs: number, stride: number, taps: number, dilation: number) =>
    (outputs - 1) * stride + (taps - 1) * dilation + 1;
  const rows = reach(info.outHeight, info.strideHeight, info.filterHeight, info.dilationHeight);
  const columns = reach(info.outWidth, info.strideWidth, info.filterWidth, info.dilationWidth);
  const images = fit(x, [top, rows - info.inHeight - top], [left, columns - info.inWidth - left]);
  const product = tf.conv2d(
    tf.transpose(images, [3, 1, 2, 0]),
    tf.transpose(dy, [1, 2, 0, 3]),
    [info.dilationHeight, info.dilationWidth],
    'valid',
    'NHWC',
    [info.strideHeight, info.strideWidth],
  );
  return tf.transpose(product, [1, 2, 0, 3]);
}

/** The images' gradient: dy convolved with the filter turned round. With a stride, the backend's own kernel. */
function inputGradient(
  x: number[],
  dy: tf.Tensor4D,
  filter: tf.Tensor4D,
  attributes: Convolution,
): tf.Tensor {
  const info = geometry(x, filter.shape, attributes);
  if (info.strideHeight > 1 || info.strideWidth > 1) {
    const shape = x as [number, number, number, number];
    const { strides, pad, dimRoundingMode } = attributes;
    return tf.conv2dTranspose(dy, filter, shape, strides as Pair, pad, dimRoundingMode);
  }
  const { top, left } = info.padInfo;
  const [tall, wide] = [
    (info.filterHeight - 1) * info.dilationHeight,
    (info.filterWidth - 1) * info.dilationWidth,
  ];
  const images = fit(
    dy,
    [tall - top, info.inHeight + top - info.outHeight],
    [wide - left, info.inWidth + left - info.outWidth],
  );
  const turned: tf.Tensor4D = tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]);
  return tf.conv2d(images, turned, 1, 'valid', 'NHWC', [info.dilationHeight, info.dilationWidth]);
}

const conv2d = gradient(
  'Conv2D',
  { inputs: ['x', 'filter'] },
  (dy, [x, filter], attributes: Convolution) => ({
    x: () => inputGradient(x.shape, dy as tf.Tensor4D, filter as tf.Tensor4D, attributes),
    filter: () => filterGradient(x as tf.Tensor4D, dy as tf.Tensor4D, filter.shape, attributes),
  }),
);

/** tf.conv2dTranspose: linear in `dy` (its input) and in the filter, and the mirror image of Conv2D. */
const conv2dTransposed = gradient(
  'Conv2DBackpropInput',
  { inputs: ['dy', 'filter'] },
  (upstream, [dy, filter], attributes: tf.Conv2DBackpropInputAttrs) => {
    const images = upstream as tf.Tensor4D;
    const { strides, pad, dimRoundingMode } = attributes;
    const forward: Convolution = { ...attributes, dilations: 1 };
    return {
      dy: () => tf.conv2d(images, filter as tf.Tensor4D, strides, pad, 'NHWC', 1, dimRoundingMode),
      filter: () => filterGradient(images, dy as tf.Tensor4D, filter.shape, forward),
    };
  },
);

export const convolution: readonly tf.GradConfig[] = [conv2d, conv2dTransposed];
