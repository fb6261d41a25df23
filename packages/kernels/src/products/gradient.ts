import * as tf from '@tensorflow/tfjs-core';

/** Sums over the batch axes that `shape` was broadcast along. */
const sumBatch = (product: tf.Tensor, shape: number[]): tf.Tensor => {
  const axes = tf.broadcast_util.getReductionAxes(shape, product.shape);
  return axes.length === 0 ? product : tf.reshape(tf.sum(product, axes), shape);
};

/**
 * C = op(A)·op(B): dA = dC·op(B)ᵀ and dB = op(A)ᵀ·dC, transposed where op transposes. The transposes are flags of the
 * product, nothing is copied: right for every backend, and fast where the product takes flags well, as ours does.
 */
export const batchMatMulGradient: tf.GradConfig = {
  kernelName: 'BatchMatMul',
  inputsToSave: ['a', 'b'],
  gradFunc: (dy, [a, b], attributes) => {
    const { transposeA, transposeB } = attributes as unknown as tf.BatchMatMulAttrs;
    const dc = dy as tf.Tensor;
    return {
      a: () => {
        if (transposeA) return sumBatch(tf.matMul(b, dc, transposeB, true), a.shape);
        return sumBatch(tf.matMul(dc, b, false, !transposeB), a.shape);
      },
      b: () => {
        if (transposeB) return sumBatch(tf.matMul(dc, a, true, transposeA), b.shape);
        return sumBatch(tf.matMul(a, dc, !transposeA, false), b.shape);
      },
    };
  },
};
