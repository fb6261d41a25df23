import * as tf from '@tensorflow/tfjs-core';
import { sumTo } from './broadcast.js';
import { gradient, type InputGradients, renewed, zeros } from './gradient.js';

/** A gradient of a broadcasting kernel of a and b, from the gradients of the broadcast operands. */
const binary = (
  kernelName: string,
  a: (dy: tf.Tensor, a: tf.Tensor, b: tf.Tensor) => tf.Tensor,
  b: (dy: tf.Tensor, a: tf.Tensor, b: tf.Tensor) => tf.Tensor,
): tf.GradConfig =>
  gradient(kernelName, { inputs: ['a', 'b'] }, (dy, [left, right]) => ({
    a: () => sumTo(a(dy, left, right), left.shape),
    b: () => sumTo(b(dy, left, right), right.shape),
  }));

const same = (dy: tf.Tensor): tf.Tensor => dy;
const asFloat = (condition: tf.Tensor): tf.Tensor => tf.cast(condition, 'float32');
const squaredNorm = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => tf.add(tf.square(a), tf.square(b));

/** d(aᵇ)/da = b·aᵇ⁻¹, and 0 where b is 0 (also at a = 0, where the formula alone would give 0·∞). */
const powerBase = (dy: tf.Tensor, a: tf.Tensor, b: tf.Tensor): tf.Tensor => {
  const exponent = tf.add(tf.sub(b, 1), asFloat(tf.equal(b, 0)));
  return tf.mul(dy, tf.mul(b, tf.pow(a, exponent)));
};

/** d(aᵇ)/db = aᵇ·ln a, taken as 0 where a is not positive (TensorFlow's convention). */
const powerExponent = (dy: tf.Tensor, a: tf.Tensor, b: tf.Tensor): tf.Tensor => {
  const notPositive = asFloat(tf.lessEqual(a, 0));
  const positive = tf.add(tf.mul(a, tf.sub(1, notPositive)), notPositive);
  return tf.mul(dy, tf.mul(tf.pow(a, b), tf.log(positive)));
};

const select = gradient('Select', { inputs: ['condition'] }, (dy, [condition]): InputGradients => {
  // The mask has the rank of the condition: a rank-1 condition picks rows.
  const mask = () => {
    const trailing = new Array<number>(dy.rank - condition.rank).fill(1);
    return tf.reshape(asFloat(condition), [...condition.shape, ...trailing]);
  };
  return {
    condition: zeros(condition),
    t: () => tf.mul(dy, mask()),
    e: () => tf.mul(dy, tf.sub(1, mask())),
  };
});

const addN = gradient('AddN', { allInputs: true }, (dy, inputs) =>
  Object.fromEntries(inputs.map((_, index) => [index, () => renewed(dy)])),
);

export const arithmetic: readonly tf.GradConfig[] = [
  binary('Add', same, same),
  binary('Sub', same, tf.neg),
  binary(
    'Multiply',
    (dy, _, b) => tf.mul(dy, b),
    (dy, a) => tf.mul(dy, a),
  ),
  binary(
    'RealDiv',
    (dy, _, b) => tf.div(dy, b),
    (dy, a, b) => tf.neg(tf.div(tf.mul(dy, a), tf.square(b))),
  ),
  // Where both are equal, the first gets the whole gradient. Comparisons, not the faster step(a − b): that is
  // NaN where both are the −∞ of a masked action.
  binary(
    'Maximum',
    (dy, a, b) => tf.mul(dy, asFloat(tf.greaterEqual(a, b))),
    (dy, a, b) => tf.mul(dy, asFloat(tf.less(a, b))),
  ),
  binary(
    'Minimum',
    (dy, a, b) => tf.mul(dy, asFloat(tf.lessEqual(a, b))),
    (dy, a, b) => tf.mul(dy, asFloat(tf.greater(a, b))),
  ),
  binary('Pow', powerBase, powerExponent),
  binary(
    'SquaredDifference',
    (dy, a, b) => tf.mul(dy, tf.mul(2, tf.sub(a, b))),
    (dy, a, b) => tf.mul(dy, tf.mul(2, tf.sub(b, a))),
  ),
  // a mod b = a − b·⌊a/b⌋.
  binary('Mod', same, (dy, a, b) => tf.neg(tf.mul(dy, tf.floor(tf.div(a, b))))),
  binary(
    'Atan2',
    (dy, a, b) => tf.mul(dy, tf.div(b, squaredNorm(a, b))),
    (dy, a, b) => tf.neg(tf.mul(dy, tf.div(a, squaredNorm(a, b)))),
  ),
  select,
  addN,
];
