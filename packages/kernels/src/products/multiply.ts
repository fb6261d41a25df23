import type { Instance } from '../wasm/instance.js';
import type { ProductShape } from './shape.js';

/** Operands of a product by address. */
export interface Operands {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  /** A row `[n]` that is added to every row, or 0 for none. */
  readonly bias?: number;
  /** Whether negative results become 0. */
  readonly rectify?: boolean;
}

/** `c = op(a) · op(b) + bias` for every matrix of the batch. */
export const multiply = (instance: Instance, shape: ProductShape, operands: Operands): void => {
  const { m, n, k, batch, matrices } = shape;
  const { a, b, c, transposeA, transposeB, bias = 0, rectify = false } = operands;
  const { kernels } = instance;
  const scratch = instance.scratch(kernels.multiplyScratch());
  const run = (
    count: number,
    aBatch: number,
    bBatch: number,
    fromA: number,
    fromB: number,
    to: number,
  ): void => {
    // biome-ignore format: one argument list
    kernels.multiplyBatch(
      count, aBatch, bBatch, 4 * m * n, fromA, 4 * (transposeA ? m : k), Number(transposeA), fromB,
      4 * (transposeB ? k : n), Number(transposeB), to, 4 * n, m, n, k, bias, 0, Number(rectify), scratch,
    );
  };
  const [sizeA, sizeB] = [4 * m * k, 4 * k * n];
  if (matrices === 'aligned') run(batch, sizeA, sizeB, a, b, c);
  else if (matrices === 'shareA') run(batch, 0, sizeB, a, b, c);
  else if (matrices === 'shareB') run(batch, sizeA, 0, a, b, c);
  else {
    for (let i = 0; i < batch; i++) {
      run(1, 0, 0, a + sizeA * matrices.a[i], b + sizeB * matrices.b[i], c + 4 * m * n * i);
    }
  }
};

/**
 * Rows of several matrices that share the right operand are one tall matrix: packed once instead of once a matrix.
 */
export const merged = (shape: ProductShape, transposeA: boolean): ProductShape =>
  shape.matrices === 'shareB' && !transposeA
    ? { ...shape, m: shape.m * shape.batch, batch: 1, matrices: 'aligned' }
    : shape;
