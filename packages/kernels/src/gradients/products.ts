import * as tf from '@tensorflow/tfjs-core';
import { gradient } from './gradient.js';

/** The matrices as they are, or each transposed. */
const oriented = (matrices: tf.Tensor, transpose: boolean): tf.Tensor => {
  if (!transpose) return matrices;
  const batch = Array.from({ length: matrices.rank - 2 }, (_, axis) => axis);
  return tf.transpose(matrices, [...batch, matrices.rank - 1, matrices.rank - 2]);
};

/** Sums over the batch axes that `shape` was broadcast along. */
const sumBatch = (product: tf.Tensor, shape: number[]): tf.Tensor => {
  const axes = tf.broadcast_util.getReductionAxes(shape, product.shape);
  return axes.length === 0 ? product : tf.reshape(tf.sum(product, axes), shape);
};

/**
 * C = op(A)·op(B), so dA = dC·op(B)ᵀ and dB = op(A)ᵀ·dC, transposed where op transposes. Always by an explicit
 * tf.transpose: the WASM backend runs XNNPACK only where transposeA and transposeB are false, else a scalar loop 8 to
 * 35 times slower (numerics.md 0.5).
 */
const batchMatMul = gradient(
  'BatchMatMul',
  { inputs: ['a', 'b'] },
  (dy, [a, b], { transposeA, transposeB }: tf.BatchMatMulAttrs) => ({
    a: () =>
      sumBatch(
        transposeA
          ? tf.matMul(oriented(b, transposeB), oriented(dy, true))
          : tf.matMul(dy, oriented(b, !transposeB)),
        a.shape,
      ),
    b: () =>
      sumBatch(
        transposeB
          ? tf.matMul(oriented(dy, true), oriented(a, transposeA))
          : tf.matMul(oriented(a, !transposeA), dy),
        b.shape,
      ),
  }),
);

export const products: readonly tf.GradConfig[] = [batchMatMul];
