/** Functions of each element; `x` and `y` may be the same array. */
import { exponential, exponentialLinear, logarithm, logistic, softenedMaximum, tangent } from './polynomials';

/** The functions by number: `src/elementwise/functions.ts` has the same list. */
@inline
function lanes(code: i32, x: v128, parameter: v128): v128 {
  const zero = f32x4.splat(0);
  if (code == 0) return exponential(x);
  if (code == 1) return logarithm(x);
  if (code == 2) return tangent(x);
  if (code == 3) return logistic(x);
  if (code == 4) return softenedMaximum(x);
  if (code == 5) return exponentialLinear(x);
  if (code == 6) return f32x4.pmax(x, zero);
  if (code == 7) return f32x4.pmin(f32x4.pmax(x, zero), f32x4.splat(6));
  if (code == 8) return v128.bitselect(f32x4.mul(x, parameter), x, f32x4.lt(x, zero));
  return f32x4.mul(x, x);
}

@inline
function each(code: i32, x: usize, y: usize, count: i32, parameter: v128): void {
  for (; count >= 4; count -= 4) {
    v128.store(y, lanes(code, v128.load(x), parameter));
    x += 16;
    y += 16;
  }
  for (; count > 0; count--) {
    v128.store32_lane(y, lanes(code, v128.load32_zero(x), parameter), 0);
    x += 4;
    y += 4;
  }
}

/** `y = f(x)`, elementwise; `parameter` is the slope of a leaky ReLU. */
export function unary(code: i32, x: usize, y: usize, count: i32, parameter: f32): void {
  const value = f32x4.splat(parameter);
  if (code == 0) each(0, x, y, count, value);
  else if (code == 1) each(1, x, y, count, value);
  else if (code == 2) each(2, x, y, count, value);
  else if (code == 3) each(3, x, y, count, value);
  else if (code == 4) each(4, x, y, count, value);
  else if (code == 5) each(5, x, y, count, value);
  else if (code == 6) each(6, x, y, count, value);
  else if (code == 7) each(7, x, y, count, value);
  else if (code == 8) each(8, x, y, count, value);
  else each(9, x, y, count, value);
}
