import * as tf from '@tensorflow/tfjs-core';
import { fromInput, fromOutput } from './gradient.js';

const oneMinusSquare = (x: tf.Tensor): tf.Tensor => tf.sub(1, tf.square(x));

/** Unary mathematics. */
export const elementary: readonly tf.GradConfig[] = [
  fromInput('Abs', tf.sign),
  fromInput('Acos', (x) => tf.neg(tf.rsqrt(oneMinusSquare(x)))),
  fromInput('Acosh', (x) => tf.rsqrt(tf.sub(tf.square(x), 1))),
  fromInput('Asin', (x) => tf.rsqrt(oneMinusSquare(x))),
  fromInput('Asinh', (x) => tf.rsqrt(tf.add(tf.square(x), 1))),
  fromInput('Atan', (x) => tf.reciprocal(tf.add(tf.square(x), 1))),
  fromInput('Atanh', (x) => tf.reciprocal(oneMinusSquare(x))),
  fromInput('Cos', (x) => tf.neg(tf.sin(x))),
  fromInput('Cosh', tf.sinh),
  fromInput('Erf', (x) => tf.mul(2 / Math.sqrt(Math.PI), tf.exp(tf.neg(tf.square(x))))),
  fromOutput('Exp', tf.exp, (y) => y),
  fromOutput('Expm1', tf.expm1, (y) => tf.add(y, 1)),
  fromInput('Log', tf.reciprocal),
  fromInput('Log1p', (x) => tf.reciprocal(tf.add(x, 1))),
  fromInput('Neg', (x) => tf.fill(x.shape, -1, 'float32')),
  fromOutput('Reciprocal', tf.reciprocal, (y) => tf.neg(tf.square(y))),
  fromOutput('Rsqrt', tf.rsqrt, (y) => tf.mul(-0.5, tf.mul(y, tf.square(y)))),
  fromInput('Sin', tf.cos),
  fromInput('Sinh', tf.cosh),
  fromOutput('Sqrt', tf.sqrt, (y) => tf.div(0.5, y)),
  fromInput('Square', (x) => tf.mul(2, x)),
  fromOutput('Tan', tf.tan, (y) => tf.add(tf.square(y), 1)),
];
