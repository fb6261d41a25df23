/**
 * Copies rows of the left operand of a matrix product into the order in which the tiles read them (`scripts/tiles.mjs`):
 * `[group][row][4]`, a group being four steps of depth, for tiles that take four steps at a time; else `[depth][row]`.
 */
import { storeTransposed } from './lanes';

/** `rows` rows of a left operand whose element (row, k) is at `row * stride + 4 * k`. */
export function packLeft(a: usize, stride: usize, rows: i32, depth: i32, to: usize, grouped: bool): void {
  if (grouped) groupRows(a, stride, rows, depth, to);
  else turnRows(a, stride, rows, depth, to);
}

/** `rows` rows of a left operand stored transposed: element (row, k) is at `4 * row + k * stride`. */
export function packLeftTransposed(a: usize, stride: usize, rows: i32, depth: i32, to: usize, grouped: bool): void {
  if (grouped) groupRowsTransposed(a, stride, rows, depth, to);
  else copyRows(a, stride, rows, depth, to);
}

function copyRows(a: usize, stride: usize, rows: i32, depth: i32, to: usize): void {
  if (rows == 6) {
    for (; depth > 0; depth--, a += stride, to += 24) {
      v128.store(to, v128.load(a));
      store<u64>(to, load<u64>(a, 16), 16);
    }
  } else if (rows == 5) {
    for (; depth > 0; depth--, a += stride, to += 20) {
      v128.store(to, v128.load(a));
      store<f32>(to, load<f32>(a, 16), 16);
    }
  } else if (rows == 4) {
    for (; depth > 0; depth--, a += stride, to += 16) v128.store(to, v128.load(a));
  } else if (rows == 3) {
    for (; depth > 0; depth--, a += stride, to += 12) {
      store<u64>(to, load<u64>(a));
      store<f32>(to, load<f32>(a, 8), 8);
    }
  } else if (rows == 2) {
    for (; depth > 0; depth--, a += stride, to += 8) store<u64>(to, load<u64>(a));
  } else {
    for (; depth > 0; depth--, a += stride, to += 4) store<f32>(to, load<f32>(a));
  }
}

function turnRows(a: usize, stride: usize, rows: i32, depth: i32, to: usize): void {
  const step = (<usize>rows) << 2;
  let row = 0;
  for (; row + 4 <= rows; row += 4) {
    let from = a + row * stride;
    let at = to + (row << 2);
    const third = 2 * stride;
    let k = depth;
    for (; k >= 4; k -= 4) {
      storeTransposed(
        v128.load(from),
        v128.load(from + stride),
        v128.load(from + third),
        v128.load(from + third + stride),
        at,
        step,
      );
      from += 16;
      at += 4 * step;
    }
    for (; k > 0; k--) {
      for (let lane = 0; lane < 4; lane++) store<f32>(at + (lane << 2), load<f32>(from + lane * stride));
      from += 4;
      at += step;
    }
  }
  for (; row < rows; row++) {
    let from = a + row * stride;
    let at = to + (row << 2);
    for (let k = depth; k > 0; k--, from += 4, at += step) store<f32>(at, load<f32>(from));
  }
}

function groupRows(a: usize, stride: usize, rows: i32, depth: i32, to: usize): void {
  const groupStride = (<usize>rows) << 4;
  for (let row = 0; row < rows; row++) {
    let from = a + row * stride;
    let at = to + (row << 4);
    for (let k = depth >> 2; k > 0; k--) {
      v128.store(at, v128.load(from));
      from += 16;
      at += groupStride;
    }
    for (let k = depth & 3; k > 0; k--) {
      store<f32>(at, load<f32>(from));
      from += 4;
      at += 4;
    }
  }
}

function groupRowsTransposed(a: usize, stride: usize, rows: i32, depth: i32, to: usize): void {
  const groupStride = (<usize>rows) << 4;
  let row = 0;
  for (; row + 4 <= rows; row += 4) {
    let from = a + (row << 2);
    let at = to + (row << 4);
    for (let k = depth >> 2; k > 0; k--) {
      const third = from + 2 * stride;
      storeTransposed(
        v128.load(from),
        v128.load(from + stride),
        v128.load(third),
        v128.load(third + stride),
        at,
        16,
      );
      from += 4 * stride;
      at += groupStride;
    }
  }
  for (; row + 2 <= rows; row += 2) {
    let from = a + (row << 2);
    let at = to + (row << 4);
    for (let k = depth >> 2; k > 0; k--) {
      const third = from + 2 * stride;
      const ab = i32x4.shuffle(v128.load64_zero(from), v128.load64_zero(from + stride), 0, 4, 1, 5);
      const cd = i32x4.shuffle(v128.load64_zero(third), v128.load64_zero(third + stride), 0, 4, 1, 5);
      v128.store(at, i64x2.shuffle(ab, cd, 0, 2));
      v128.store(at, i64x2.shuffle(ab, cd, 1, 3), 16);
      from += 4 * stride;
      at += groupStride;
    }
  }
  if (row < rows) {
    let from = a + (row << 2);
    let at = to + (row << 4);
    for (let k = depth >> 2; k > 0; k--) {
      for (let lane = 0; lane < 4; lane++) {
        store<f32>(at + (lane << 2), load<f32>(from));
        from += stride;
      }
      at += groupStride;
    }
  }
  const rest = depth & 3;
  const from = a + (depth - rest) * stride;
  const at = to + (depth >> 2) * groupStride;
  for (row = 0; row < rows; row++) {
    for (let k = 0; k < rest; k++)
      store<f32>(at + (row << 4) + (k << 2), load<f32>(from + k * stride + (row << 2)));
  }
}
