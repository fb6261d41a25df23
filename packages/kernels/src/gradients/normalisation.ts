import * as tf from '@tensorflow/tfjs-core';
import { sumTo } from './broadcast.js';
import { gradient } from './gradient.js';

/** tf.batchNorm with scale and offset: y = (x − mean)·scale/√(variance + ε) + offset, statistics being inputs. */
const fusedBatchNorm = gradient(
  'FusedBatchNorm',
  { inputs: ['x', 'mean', 'variance', 'scale', 'offset'] },
  (dy, [x, mean, variance, scale, offset], { varianceEpsilon }: tf.FusedBatchNormAttrs) => {
    const inverse = () => tf.rsqrt(tf.add(variance, varianceEpsilon));
    const weighted = () => tf.mul(dy, tf.mul(scale, inverse()));
    const normalised = () => tf.mul(tf.sub(x, mean), inverse());
    return {
      x: weighted,
      mean: () => tf.neg(sumTo(weighted(), mean.shape)),
      variance: () => {
        const product = tf.mul(tf.mul(weighted(), normalised()), tf.mul(-0.5, inverse()));
        return sumTo(product, variance.shape);
      },
      scale: () => sumTo(tf.mul(dy, normalised()), scale.shape),
      offset: () => sumTo(dy, offset.shape),
    };
  },
);

export const normalisation: readonly tf.GradConfig[] = [fusedBatchNorm];
