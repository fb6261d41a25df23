/** Permutations of axes, four-byte elements. Strides in bytes. */
import { storeTransposed } from './lanes';

/** y[j][i] = x[i][j]. */
export function turn(x: usize, xStride: usize, rows: i32, columns: i32, y: usize, yStride: usize): void {
  let i = 0;
  for (; i + 4 <= rows; i += 4) {
    const from = x + i * xStride;
    const to = y + (i << 2);
    const third = from + 2 * xStride;
    let j = 0;
    for (; j + 4 <= columns; j += 4) {
      const at = (<usize>j) << 2;
      storeTransposed(
        v128.load(from + at),
        v128.load(from + xStride + at),
        v128.load(third + at),
        v128.load(third + xStride + at),
        to + j * yStride,
        yStride,
      );
    }
    for (; j < columns; j++) {
      const at = (<usize>j) << 2;
      for (let lane = 0; lane < 4; lane++)
        store<u32>(to + j * yStride + (lane << 2), load<u32>(from + lane * xStride + at));
    }
  }
  for (; i < rows; i++) {
    for (let j = 0; j < columns; j++)
      store<u32>(y + j * yStride + (i << 2), load<u32>(x + i * xStride + (j << 2)));
  }
}

function copyRows(x: usize, xStride: usize, rows: i32, bytes: usize, y: usize, yStride: usize): void {
  if (bytes & 15) {
    for (; rows > 0; rows--, x += xStride, y += yStride) memory.copy(y, x, bytes);
    return;
  }
  for (; rows > 0; rows--, x += xStride, y += yStride) {
    for (let at: usize = 0; at < bytes; at += 16) v128.store(y + at, v128.load(x + at));
  }
}

/**
 * Three outer axes of sizes a, b, c, and inside them either a matrix to turn (`rows` x `columns` of x) or, for
 * `turned` 0, rows to copy.
 */
export function permute(
  x: usize,
  y: usize,
  a: i32,
  xa: usize,
  ya: usize,
  b: i32,
  xb: usize,
  yb: usize,
  c: i32,
  xc: usize,
  yc: usize,
  turned: i32,
  rows: i32,
  columns: i32,
  xStride: usize,
  yStride: usize,
): void {
  for (let i = 0; i < a; i++) {
    for (let j = 0; j < b; j++) {
      for (let k = 0; k < c; k++) {
        const from = x + i * xa + j * xb + k * xc;
        const to = y + i * ya + j * yb + k * yc;
        if (turned) turn(from, xStride, rows, columns, to, yStride);
        else copyRows(from, xStride, rows, (<usize>columns) << 2, to, yStride);
      }
    }
  }
}
