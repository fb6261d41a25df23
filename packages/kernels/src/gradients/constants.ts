import type * as tf from '@tensorflow/tfjs-core';
import { gradient, zeros } from './gradient.js';

/**
 * Kernels that are constant between their jumps. Their gradient is zero, and it has to be registered: otherwise a mask
 * made from a differentiated tensor (`tf.where(tf.greater(x, 0), …)`) stops the backward pass with an error.
 */
const unary = [
  ...['Ceil', 'Floor', 'Round', 'Sign', 'Step', 'IsFinite', 'IsInf', 'IsNan', 'LogicalNot'],
  ...['ArgMax', 'ArgMin', 'All', 'Any', 'OnesLike', 'ZerosLike'],
];
const binary = [
  ...['Equal', 'NotEqual', 'Greater', 'GreaterEqual', 'Less', 'LessEqual'],
  ...['LogicalAnd', 'LogicalOr', 'FloorDiv'],
];

export const constants: readonly tf.GradConfig[] = [
  ...unary.map((kernelName) => gradient(kernelName, { inputs: ['x'] }, (_, [x]) => ({ x: zeros(x) }))),
  ...binary.map((kernelName) =>
    gradient(kernelName, { inputs: ['a', 'b'] }, (_, [a, b]) => ({ a: zeros(a), b: zeros(b) })),
  ),
  gradient('OneHot', { inputs: ['indices'] }, (_, [indices]) => ({ indices: zeros(indices) })),
];
