/** The Gaussian error linear unit x Φ(x) (Hendrycks and Gimpel 2016) and its slope Φ(x) + x φ(x). */
import { constant, integerConstant } from './constants';
import { madd } from './lanes';
import { loadSome, storeSome } from './partial';
import { exponentialOfSum } from './polynomials';

/**
 * Φ(-t) e^(t²/2) for t >= 0: a polynomial in 1 / (1 + 0.3 t), fitted by least squares that were weighted until the
 * largest relative error, 1.5e-7, was as small as it gets.
 */
@inline
function scaledTail(t: v128): v128 {
  const u = f32x4.div(constant(1), madd(t, constant(0.3), constant(1)));
  let sum = madd(u, constant(0.035675077), constant(-0.157204364));
  sum = madd(sum, u, constant(0.206355732));
  sum = madd(sum, u, constant(-0.0536856881));
  sum = madd(sum, u, constant(0.128562694));
  sum = madd(sum, u, constant(0.0999131772));
  sum = madd(sum, u, constant(0.120754005));
  sum = madd(sum, u, constant(0.119629296));
  return f32x4.mul(sum, u);
}

/** `e^(-t²/2)`: the square of the first 12 bits of t is exact, and the rest is small. */
@inline
function bell(t: v128): v128 {
  const head = v128.and(t, integerConstant(0xfffff000));
  const rest = f32x4.mul(f32x4.sub(t, head), f32x4.add(t, head));
  return exponentialOfSum(f32x4.mul(head, f32x4.mul(head, constant(-0.5))), f32x4.mul(rest, constant(-0.5)));
}

/** `y = x Φ(x)` of some elements; if `sloped`, also the derivative, which costs little more. */
@inline
function some(x: usize, y: usize, slope: usize, sloped: bool, count: i32): void {
  const value = loadSome(x, count);
  // Φ(-13.1) is beyond float32, nearly. pmin keeps a NaN that stands first.
  const t = f32x4.pmin(f32x4.abs(value), constant(13.1));
  const density = bell(t);
  const tail = f32x4.mul(scaledTail(t), density);
  const whole = v128.bitselect(tail, f32x4.sub(constant(1), tail), f32x4.lt(value, f32x4.splat(0)));
  // Far below zero the product is 0, also where it would be -Infinity · 0.
  storeSome(y, v128.andnot(f32x4.mul(value, whole), f32x4.lt(value, constant(-13.1))), count);
  if (!sloped) return;
  const near = v128.bitselect(value, t, constant(-0.0));
  storeSome(slope, madd(f32x4.mul(near, density), constant(0.3989422804014327), whole), count);
}

@inline
function each(x: usize, y: usize, slope: usize, sloped: bool, count: i32): void {
  for (; count >= 4; count -= 4, x += 16, y += 16, slope += 16) some(x, y, slope, sloped, 4);
  for (; count > 0; count--, x += 4, y += 4, slope += 4) some(x, y, slope, sloped, 1);
}

/** @param slope  where the derivative goes, or 0 where it is not wanted */
export function gelu(x: usize, y: usize, slope: usize, count: i32): void {
  if (slope) each(x, y, slope, true, count);
  else each(x, y, 0, false, count);
}
