/** Softmax and its logarithm along rows, with masks and gradients. */

import { sumLanes } from './lanes';
import { exponential, logarithm } from './polynomials';
import { reduce } from './reduce';

/** y = e^(x - shift) along a row, returning the sum. */
@inline
function exponentials(x: usize, y: usize, count: i32, shift: f32): f32 {
  const shifts = f32x4.splat(shift);
  let sum = f32x4.splat(0);
  for (; count >= 4; count -= 4, x += 16, y += 16) {
    const e = exponential(f32x4.sub(v128.load(x), shifts));
    sum = f32x4.add(sum, e);
    v128.store(y, e);
  }
  for (; count > 0; count--, x += 4, y += 4) {
    const e = f32x4.extract_lane(exponential(f32x4.sub(v128.load32_zero(x), shifts)), 0);
    sum = f32x4.add(sum, f32x4.replace_lane(f32x4.splat(0), 0, e));
    store<f32>(y, e);
  }
  return sumLanes(sum);
}

/** A row times `scale`, in place. */
@inline
function rescale(y: usize, count: i32, scale: f32): void {
  const scales = f32x4.splat(scale);
  for (; count >= 4; count -= 4, y += 16) v128.store(y, f32x4.mul(v128.load(y), scales));
  for (; count > 0; count--, y += 4) store<f32>(y, load<f32>(y) * scale);
}

/** x less `shift`, less `log`: one after the other, for their sum would lose the digits of the smaller. */
@inline
function subtractBoth(x: usize, y: usize, count: i32, shift: f32, log: f32): void {
  const shifts = f32x4.splat(shift);
  const logs = f32x4.splat(log);
  for (; count >= 4; count -= 4, x += 16, y += 16) v128.store(y, f32x4.sub(f32x4.sub(v128.load(x), shifts), logs));
  for (; count > 0; count--, x += 4, y += 4) store<f32>(y, load<f32>(x) - shift - log);
}

/** Rows whose entries with mask 0 (a byte each) become -1e9 before anything else, as pymarl and MAPPO do. */
function masked(x: usize, mask: usize, y: usize, count: i32, fill: f32): void {
  for (let i = 0; i < count; i++) {
    const at = <usize>i << 2;
    store<f32>(y + at, load<u8>(mask + i) ? load<f32>(x + at) : fill);
  }
}

/** y = softmax(x) in each of `rows` rows, or its logarithm; `mask` is 0 or a byte for each element. */
export function softmax(x: usize, mask: usize, fill: f32, y: usize, rows: i32, count: i32, ofLogarithm: i32, scratch: usize): void {
  const bytes = <usize>count << 2;
  const maximum = scratch;
  const row = scratch + 16;
  for (; rows > 0; rows--, x += bytes, y += bytes) {
    let from = x;
    if (mask) {
      masked(x, mask, y, count, fill);
      mask += count;
      from = y;
    }
    reduce(1, from, 1, count, 1, maximum, 1);
    const shift = load<f32>(maximum);
    if (ofLogarithm) {
      const sum = exponentials(from, row, count, shift);
      subtractBoth(from, y, count, shift, f32x4.extract_lane(logarithm(f32x4.splat(sum)), 0));
    } else {
      const sum = exponentials(from, y, count, shift);
      rescale(y, count, 1 / sum);
    }
  }
}
