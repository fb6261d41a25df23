/**
 * Copies the right operand of a matrix product into the order in which the tiles read it:
 * `[panel of 8 columns][depth][8]`, the last panel padded.
 */
import { storeTransposed } from './lanes';

/** A right operand whose element (k, column) is at `k * stride + 4 * column`. */
export function packRight(b: usize, stride: usize, columns: i32, depth: i32, to: usize): void {
  for (let column = 0; column < columns; column += 8) {
    let from = b + (column << 2);
    const count = columns - column;
    if (count >= 8) {
      for (let k = depth; k > 0; k--) {
        v128.store(to, v128.load(from));
        v128.store(to, v128.load(from, 16), 16);
        from += stride;
        to += 32;
      }
    } else {
      for (let k = depth; k > 0; k--) {
        for (let j = 0; j < 8; j++) store<f32>(to + (j << 2), j < count ? load<f32>(from + (j << 2)) : 0);
        from += stride;
        to += 32;
      }
    }
  }
}

/** A right operand stored transposed: element (k, column) is at `4 * k + column * stride`. */
export function packRightTransposed(b: usize, stride: usize, columns: i32, depth: i32, to: usize): void {
  for (let column = 0; column < columns; column += 4) {
    const from = b + column * stride;
    const at = to + (column >> 3) * ((<usize>depth) << 5) + ((column & 4) << 2);
    // Columns beyond the last repeat it: what they give is never stored.
    const last = columns - column - 1;
    const second = from + min(1, last) * stride;
    const third = from + min(2, last) * stride;
    const fourth = from + min(3, last) * stride;
    let k = 0;
    for (; k + 4 <= depth; k += 4) {
      const offset = (<usize>k) << 2;
      storeTransposed(
        v128.load(from + offset),
        v128.load(second + offset),
        v128.load(third + offset),
        v128.load(fourth + offset),
        at + (k << 5),
        32,
      );
    }
    for (; k < depth; k++) {
      const offset = (<usize>k) << 2;
      const row = at + (k << 5);
      store<f32>(row, load<f32>(from + offset));
      store<f32>(row, load<f32>(second + offset), 4);
      store<f32>(row, load<f32>(third + offset), 8);
      store<f32>(row, load<f32>(fourth + offset), 12);
    }
  }
}
