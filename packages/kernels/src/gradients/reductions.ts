import * as tf from '@tensorflow/tfjs-core';
import { broadcast, keptShape } from './broadcast.js';
import { gradient, isRecorded } from './gradient.js';

const axesOf = (axis: number | number[], shape: number[]): number[] => tf.util.parseAxisParam(axis, shape);

const sum = gradient('Sum', { inputs: ['x'] }, (dy, [x], { axis }: tf.SumAttrs) => ({
  x: () => broadcast(tf.reshape(dy, keptShape(x.shape, axesOf(axis, x.shape))), x.shape),
}));

const mean = gradient('Mean', { inputs: ['x'] }, (dy, [x], { axis }: tf.MeanAttrs) => ({
  x: () => {
    const kept = keptShape(x.shape, axesOf(axis, x.shape));
    const share = tf.util.sizeFromShape(kept) / tf.util.sizeFromShape(x.shape);
    return broadcast(tf.mul(tf.reshape(dy, kept), share), x.shape);
  },
}));

/**
 * The gradient of Max and Min goes to the extreme elements, equal ones in equal parts (as in TensorFlow and JAX; stock
 * tfjs gives each the whole). The mask is a step of a difference: `tf.equal` with broadcasting takes 17 ms on WASM
 * where this takes 0.3 ms. `distance` is how far an element is from the extreme, never negative.
 */
const extreme = (
  kernelName: string,
  reduce: typeof tf.max,
  distance: (x: tf.Tensor, extreme: tf.Tensor) => tf.Tensor,
): tf.GradConfig =>
  gradient(
    kernelName,
    { inputs: ['x'], outputs: [true] },
    (dy, [x, output], attributes: tf.MaxAttrs | tf.MinAttrs) => ({
      x: () => {
        const axis = 'axis' in attributes ? attributes.axis : attributes.reductionIndices;
        const axes = axesOf(axis, x.shape);
        const kept = keptShape(x.shape, axes);
        const y = tf.reshape(isRecorded() ? reduce(x, axes) : output, kept);
        const mask = tf.sub(1, tf.step(distance(x, y)));
        return tf.mul(mask, tf.div(tf.reshape(dy, kept), tf.sum(mask, axes, true)));
      },
    }),
  );

/** Product of the other elements of the axis: those before times those after. No division, so zeros are no trouble. */
const others = (x: tf.Tensor, axis: number): tf.Tensor =>
  tf.mul(tf.cumprod(x, axis, true, false), tf.cumprod(x, axis, true, true));

const prod = gradient('Prod', { inputs: ['x'] }, (dy, [x], { axis }: tf.ProdAttrs) => ({
  x: () => {
    const reduced = axesOf(axis, x.shape);
    const remaining = x.shape.map((_, index) => index).filter((index) => !reduced.includes(index));
    const order = [...remaining, ...reduced];
    const last = remaining.length;
    const lengths = remaining.map((index) => x.shape[index]);
    const rows = tf.reshape(tf.transpose(x, order), [...lengths, -1]);
    const gradients = tf.mul(tf.reshape(dy, [...lengths, 1]), others(rows, last));
    const ordered = tf.reshape(
      gradients,
      order.map((index) => x.shape[index]),
    );
    return tf.transpose(
      ordered,
      order.map((_, index) => order.indexOf(index)),
    );
  },
}));

const cumsum = gradient('Cumsum', {}, (dy, _, { axis, exclusive, reverse }: tf.CumsumAttrs) => ({
  x: () => tf.cumsum(dy, axis, exclusive, !reverse),
}));

/**
 * With p(k) the product of the elements before k: dx(k) = p(k)·g(k), where g runs backwards, g(k) = dy(k) + x(k+1)·g(k+1)
 * (exclusive: dy(k+1) in place of dy(k), and nothing at the end). One step an element, but right where x has zeros,
 * unlike cumsum(dy·y)/x.
 */
const cumprod = gradient(
  'Cumprod',
  { inputs: ['x'] },
  (dy, [x], { axis, exclusive, reverse }: tf.CumprodAttrs) => ({
    x: () => {
      const [along] = axesOf(axis, x.shape);
      // A copy, as the list of tf.unstack belongs to the tape.
      const forward = (tensors: tf.Tensor[]) => (reverse ? [...tensors].reverse() : tensors);
      const elements = forward(tf.unstack(x, along));
      const upstream = forward(tf.unstack(dy, along));
      const length = elements.length;
      const running = new Array<tf.Tensor>(length);
      for (let k = length - 1; k >= 0; k--) {
        const own = exclusive ? upstream[k + 1] : upstream[k];
        const later = k + 1 < length ? tf.mul(elements[k + 1], running[k + 1]) : undefined;
        if (own && later) running[k] = tf.add(own, later);
        else running[k] = own ?? tf.fill(elements[k].shape, 0, 'float32');
      }
      return tf.mul(tf.cumprod(x, along, true, reverse), tf.stack(forward(running), along));
    },
  }),
);

export const reductions: readonly tf.GradConfig[] = [
  sum,
  mean,
  extreme('Max', tf.max, (x, largest) => tf.sub(largest, x)),
  extreme('Min', tf.min, (x, smallest) => tf.sub(x, smallest)),
  prod,
  cumsum,
  cumprod,
];
