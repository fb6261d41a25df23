import { broadcast_util } from '@tensorflow/tfjs-core';

/** One matrix product of a batch: sizes, and what a step of the batch moves each operand by, in elements. */
export interface ProductShape {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  /** Shape of the result, `[...batch, m, n]`. */
  readonly output: number[];
  readonly batch: number;
  /** Which matrix of each operand belongs to each matrix of the result. */
  readonly matrices: 'aligned' | 'shareA' | 'shareB' | { readonly a: Int32Array; readonly b: Int32Array };
}

const size = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

/** For every matrix of the broadcast batch, the index of the operand's matrix. */
const indices = (batch: readonly number[], own: readonly number[]): Int32Array => {
  const result = new Int32Array(size(batch));
  const padded = [...new Array<number>(batch.length - own.length).fill(1), ...own];
  for (let index = 0; index < result.length; index++) {
    let rest = index;
    let stride = 1;
    for (let axis = batch.length - 1; axis >= 0; axis--) {
      if (padded[axis] !== 1) result[index] += (rest % batch[axis]) * stride;
      stride *= padded[axis];
      rest = Math.floor(rest / batch[axis]);
    }
  }
  return result;
};

/**
 * The sizes of `op(a) · op(b)`, batch axes broadcast.
 * @throws if the operands are not matrices, or their inner or batch sizes do not fit
 */
export const productShape = (
  a: readonly number[],
  b: readonly number[],
  transposeA: boolean,
  transposeB: boolean,
): ProductShape => {
  const found = `[${a}]${transposeA ? ' transposed' : ''} and [${b}]${transposeB ? ' transposed' : ''}`;
  if (a.length < 2 || b.length < 2)
    throw new Error(`@murmuration/kernels: matMul needs matrices, found ${found}`);
  const [m, k] = transposeA ? [a[a.length - 1], a[a.length - 2]] : [a[a.length - 2], a[a.length - 1]];
  const [inner, n] = transposeB ? [b[b.length - 1], b[b.length - 2]] : [b[b.length - 2], b[b.length - 1]];
  if (k !== inner)
    throw new Error(`@murmuration/kernels: matMul's inner sizes differ: ${found} give ${k} and ${inner}`);
  const batchA = a.slice(0, -2);
  const batchB = b.slice(0, -2);
  const batchShape = broadcast_util.assertAndGetBroadcastShape(batchA, batchB);
  const batch = size(batchShape);
  const output = [...batchShape, m, n];
  const [ownA, ownB] = [size(batchA), size(batchB)];
  if (ownA === batch && ownB === batch) return { m, n, k, output, batch, matrices: 'aligned' };
  if (ownA === 1 && ownB === batch) return { m, n, k, output, batch, matrices: 'shareA' };
  if (ownB === 1 && ownA === batch) return { m, n, k, output, batch, matrices: 'shareB' };
  return {
    m,
    n,
    k,
    output,
    batch,
    matrices: { a: indices(batchShape, batchA), b: indices(batchShape, batchB) },
  };
};
