/** Softmax and its logarithm along rows, with masks. */
import { sumLanes } from './lanes';
import { masked } from './mask';
import { loadSome, storeSome, taken } from './partial';
import { exponentialOfNegative, logarithm } from './polynomials';

/** Where a row stands with `fill` for what is hidden: in y, or where it was if there is no mask. */
@inline
function seen(x: usize, mask: usize, y: usize, count: i32, fill: f32): usize {
  if (!mask) return x;
  masked(x, mask, y, count, fill);
  return y;
}

/** The greatest of a row, of which a NaN may be left out: the sum of exponentials will be NaN in any case. */
@inline
function greatest(x: usize, count: i32): f32 {
  let most = f32x4.splat(-Infinity), b = most, c = most, d = most;
  for (; count >= 16; count -= 16, x += 64) {
    most = f32x4.pmax(most, v128.load(x));
    b = f32x4.pmax(b, v128.load(x, 16));
    c = f32x4.pmax(c, v128.load(x, 32));
    d = f32x4.pmax(d, v128.load(x, 48));
  }
  most = f32x4.pmax(f32x4.pmax(most, b), f32x4.pmax(c, d));
  for (; count >= 4; count -= 4, x += 16) most = f32x4.pmax(most, v128.load(x));
  for (; count > 0; count--, x += 4) most = f32x4.pmax(most, v128.load32_splat(x));
  const pairs = f32x4.pmax(most, i32x4.shuffle(most, most, 2, 3, 0, 1));
  return f32x4.extract_lane(f32x4.pmax(pairs, i32x4.shuffle(pairs, pairs, 1, 0, 3, 2)), 0);
}

/** y = e^(factor (x - shift)) along a row, returning the sum. */
@inline
function exponentials(x: usize, y: usize, count: i32, shift: f32, factor: f32): f32 {
  const shifts = f32x4.splat(shift), factors = f32x4.splat(factor);
  let sum = f32x4.splat(0);
  for (; count >= 4; count -= 4, x += 16, y += 16) {
    const e = exponentialOfNegative(f32x4.mul(f32x4.sub(v128.load(x), shifts), factors));
    sum = f32x4.add(sum, e);
    v128.store(y, e);
  }
  for (; count > 0; count--, x += 4, y += 4) {
    const e = exponentialOfNegative(f32x4.mul(f32x4.sub(v128.load32_zero(x), shifts), factors));
    sum = f32x4.add(sum, f32x4.replace_lane(f32x4.splat(0), 0, f32x4.extract_lane(e, 0)));
    v128.store32_lane(y, e, 0);
  }
  return sumLanes(sum);
}

/** A row times `scale`, in place. */
@inline
function rescale(y: usize, count: i32, scale: f32): void {
  const scales = f32x4.splat(scale);
  for (; count >= 16; count -= 16, y += 64) {
    v128.store(y, f32x4.mul(v128.load(y), scales));
    v128.store(y, f32x4.mul(v128.load(y, 16), scales), 16);
    v128.store(y, f32x4.mul(v128.load(y, 32), scales), 32);
    v128.store(y, f32x4.mul(v128.load(y, 48), scales), 48);
  }
  for (; count >= 4; count -= 4, y += 16) v128.store(y, f32x4.mul(v128.load(y), scales));
  for (; count > 0; count--, y += 4) store<f32>(y, load<f32>(y) * scale);
}

/** y = softmax(factor x) in each row; `mask` is 0 or a byte for each element, those hidden count as `fill`. */
export function softmaxRows(x: usize, mask: usize, fill: f32, y: usize, rows: i32, count: i32, factor: f32): void {
  const bytes = <usize>count << 2;
  for (; rows > 0; rows--, x += bytes, y += bytes) {
    const from = seen(x, mask, y, count, fill);
    if (mask) mask += count;
    rescale(y, count, 1 / exponentials(from, y, count, greatest(from, count), factor));
  }
}

/** The logarithm of softmax in each row. @param row  scratch for one */
function logarithmRows(x: usize, mask: usize, fill: f32, y: usize, rows: i32, count: i32, row: usize): void {
  const bytes = <usize>count << 2;
  for (; rows > 0; rows--, x += bytes, y += bytes) {
    const from = seen(x, mask, y, count, fill);
    if (mask) mask += count;
    const shift = greatest(from, count);
    const log = logarithm(f32x4.splat(exponentials(from, row, count, shift, 1)));
    const shifts = f32x4.splat(shift);
    for (let j = 0, some = 0; j < count; j += some) {
      some = taken(count - j);
      const at = <usize>j << 2;
      // One after the other, for their sum would lose the digits of the smaller.
      storeSome(y + at, f32x4.sub(f32x4.sub(loadSome(from + at, some), shifts), log), some);
    }
  }
}

/** y = softmax(x) in each of `rows` rows, or its logarithm; `mask` is 0 or a byte for each element. */
export function softmax(x: usize, mask: usize, fill: f32, y: usize, rows: i32, count: i32, ofLogarithm: i32, scratch: usize): void {
  if (ofLogarithm) logarithmRows(x, mask, fill, y, rows, count, scratch);
  else softmaxRows(x, mask, fill, y, rows, count, 1);
}
