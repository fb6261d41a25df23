/** Sums, maxima and minima along an axis: x is `[outer, count, inner]`, y is `[outer, inner]`. */
import { sumLanes } from './lanes';

@inline
function join(code: i32, a: v128, b: v128): v128 {
  if (code == 0) return f32x4.add(a, b);
  // NaN wins, as in tfjs.
  if (code == 1) return f32x4.max(a, b);
  return f32x4.min(a, b);
}

@inline
function joinLanes(code: i32, x: v128): f32 {
  if (code == 0) return sumLanes(x);
  const pairs = join(code, x, i32x4.shuffle(x, x, 2, 3, 0, 1));
  return f32x4.extract_lane(join(code, pairs, i32x4.shuffle(pairs, pairs, 1, 0, 3, 2)), 0);
}

@inline
function row(code: i32, x: usize, count: i32, neutral: f32): f32 {
  let a = f32x4.splat(neutral), b = a, c = a, d = a;
  for (; count >= 16; count -= 16) {
    a = join(code, a, v128.load(x));
    b = join(code, b, v128.load(x, 16));
    c = join(code, c, v128.load(x, 32));
    d = join(code, d, v128.load(x, 48));
    x += 64;
  }
  for (; count >= 4; count -= 4, x += 16) a = join(code, a, v128.load(x));
  for (; count > 0; count--, x += 4) b = join(code, b, f32x4.replace_lane(f32x4.splat(neutral), 0, load<f32>(x)));
  return joinLanes(code, join(code, join(code, a, b), join(code, c, d)));
}

/** y = join of y and `rows` rows of x, `inner` wide. */
@inline
function columns(code: i32, x: usize, rows: i32, y: usize, inner: i32): void {
  const stride = <usize>inner << 2;
  for (; rows >= 4; rows -= 4) {
    const second = x + stride, third = second + stride, fourth = third + stride;
    let at: usize = 0;
    let j = inner;
    for (; j >= 4; j -= 4, at += 16) {
      const ab = join(code, v128.load(x + at), v128.load(second + at));
      const cd = join(code, v128.load(third + at), v128.load(fourth + at));
      v128.store(y + at, join(code, v128.load(y + at), join(code, ab, cd)));
    }
    for (; j > 0; j--, at += 4) {
      const ab = join(code, v128.load32_zero(x + at), v128.load32_zero(second + at));
      const cd = join(code, v128.load32_zero(third + at), v128.load32_zero(fourth + at));
      v128.store32_lane(y + at, join(code, v128.load32_zero(y + at), join(code, ab, cd)), 0);
    }
    x = fourth + stride;
  }
  for (; rows > 0; rows--, x += stride) {
    let at: usize = 0;
    let j = inner;
    for (; j >= 4; j -= 4, at += 16) v128.store(y + at, join(code, v128.load(y + at), v128.load(x + at)));
    for (; j > 0; j--, at += 4) {
      v128.store32_lane(y + at, join(code, v128.load32_zero(y + at), v128.load32_zero(x + at)), 0);
    }
  }
}

@inline
function along(code: i32, x: usize, outer: i32, count: i32, inner: i32, y: usize, divisor: f32, neutral: f32): void {
  const block = (<usize>count * inner) << 2;
  for (; outer > 0; outer--, x += block) {
    if (inner == 1) {
      store<f32>(y, row(code, x, count, neutral) / divisor);
      y += 4;
      continue;
    }
    for (let j = 0; j < inner; j++) store<f32>(y + (j << 2), neutral);
    columns(code, x, count, y, inner);
    if (divisor != 1) for (let j = 0; j < inner; j++) store<f32>(y + (j << 2), load<f32>(y + (j << 2)) / divisor);
    y += <usize>inner << 2;
  }
}

/** 0 sum (over `divisor`), 1 maximum, 2 minimum. */
export function reduce(code: i32, x: usize, outer: i32, count: i32, inner: i32, y: usize, divisor: f32): void {
  if (code == 0) along(0, x, outer, count, inner, y, divisor, 0);
  else if (code == 1) along(1, x, outer, count, inner, y, 1, -Infinity);
  else along(2, x, outer, count, inner, y, 1, Infinity);
}

/** y += sum over the rows of x `[rows, inner]`. */
export function addRows(x: usize, rows: i32, y: usize, inner: i32): void {
  columns(0, x, rows, y, inner);
}
