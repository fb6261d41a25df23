/**
 * Gradients for `@tensorflow/tfjs-core`, which has none in Node (its package never imports them). Importing this module
 * registers one for every operation that people train with and that the WASM backend can run; they take the place of
 * stock ones, if those are there. They differ from the stock gradients in three ways: second derivatives are right,
 * the backward pass of a dense layer runs on the fast kernels of WASM, and `tf.gather` and `tf.conv2d` train on WASM.
 *
 * @example
 * import '@murmuration/kernels/gradients';
 */
import * as tf from '@tensorflow/tfjs-core';
import { activations } from './activations.js';
import { arithmetic } from './arithmetic.js';
import { constants } from './constants.js';
import { convolution } from './convolution.js';
import { customGradients } from './customGradients.js';
import { elementary } from './elementary.js';
import { gather } from './gather.js';
import { normalisation } from './normalisation.js';
import { pooling } from './pooling.js';
import { products } from './products.js';
import { reductions } from './reductions.js';
import { segmentSum } from './segmentSum.js';
import { shapes } from './shapes.js';

const configurations: readonly tf.GradConfig[] = [
  ...[...arithmetic, ...constants, ...elementary, ...activations, ...reductions, ...shapes],
  ...[...products, ...gather, ...convolution, ...pooling, ...normalisation, ...customGradients],
];

/**
 * Names of the kernels that this module gives a gradient to. Two operations without a kernel of their own stand under
 * the name of their scope: `logSoftmax__op` and `softmaxCrossEntropy__op`.
 */
export const differentiable: readonly string[] = configurations.map(({ kernelName }) => kernelName);

/**
 * Registers the gradients, and the UnsortedSegmentSum kernel where WASM lacks it. Importing the module has done this;
 * call it again only after something later registered its own (a dynamic import of `@tensorflow/tfjs`, say). Silent
 * and harmless to repeat.
 */
export function registerGradients(): void {
  for (const configuration of configurations) {
    // Taken out first: in debug mode tfjs warns of every gradient that replaces another.
    if (tf.getGradient(configuration.kernelName)) tf.unregisterGradient(configuration.kernelName);
    tf.registerGradient(configuration);
  }
  if (!tf.getKernel(segmentSum.kernelName, segmentSum.backendName)) tf.registerKernel(segmentSum);
}

registerGradients();
