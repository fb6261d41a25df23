/** The Gaussian error linear unit x Φ(x) (Hendrycks and Gimpel 2016) and its slope Φ(x) + x φ(x). */
import { madd } from './lanes';
import { loadSome, storeSome, taken } from './partial';
import { exponentialOfSum } from './polynomials';

@inline
function splat(x: f32): v128 {
  return f32x4.splat(x);
}

/** Where Φ(-t) is beyond float32, nearly. */
const FAR: f32 = 13.1;

/**
 * Φ(-t) e^(t²/2) for t >= 0: a polynomial in 1 / (1 + 0.3 t), fitted by least squares that were weighted until the
 * largest relative error, 1.5e-7, was as small as it gets.
 */
@inline
function scaledTail(t: v128): v128 {
  const u = f32x4.div(splat(1), madd(t, splat(0.3), splat(1)));
  let sum = madd(u, splat(0.035675077), splat(-0.157204364));
  sum = madd(sum, u, splat(0.206355732));
  sum = madd(sum, u, splat(-0.0536856881));
  sum = madd(sum, u, splat(0.128562694));
  sum = madd(sum, u, splat(0.0999131772));
  sum = madd(sum, u, splat(0.120754005));
  sum = madd(sum, u, splat(0.119629296));
  return f32x4.mul(sum, u);
}

/** `e^(-t²/2)`: the square of the first 12 bits of t is exact, and the rest is small. */
@inline
function bell(t: v128): v128 {
  const head = v128.and(t, i32x4.splat(0xfffff000));
  const rest = f32x4.mul(f32x4.sub(t, head), f32x4.add(t, head));
  return exponentialOfSum(f32x4.mul(head, f32x4.mul(head, splat(-0.5))), f32x4.mul(rest, splat(-0.5)));
}

/** `y = x Φ(x)`; with `slope`, also the derivative, which costs little more. */
@inline
function each(x: usize, y: usize, slope: usize, count: i32, sloped: bool): void {
  for (let some = 0; count > 0; count -= some) {
    some = taken(count);
    const value = loadSome(x, some);
    // pmin keeps a NaN that stands first.
    const t = f32x4.pmin(f32x4.abs(value), splat(FAR));
    const density = bell(t);
    const tail = f32x4.mul(scaledTail(t), density);
    const whole = v128.bitselect(tail, f32x4.sub(splat(1), tail), f32x4.lt(value, splat(0)));
    // Far below zero the product is 0, also where it would be -Infinity · 0.
    storeSome(y, v128.andnot(f32x4.mul(value, whole), f32x4.lt(value, splat(-FAR))), some);
    if (sloped) {
      const near = v128.bitselect(value, t, splat(-0.0));
      storeSome(slope, madd(f32x4.mul(near, density), splat(0.3989422804014327), whole), some);
      slope += <usize>some << 2;
    }
    x += <usize>some << 2;
    y += <usize>some << 2;
  }
}

/** @param slope  where the derivative goes, or 0 where it is not wanted */
export function gelu(x: usize, y: usize, slope: usize, count: i32): void {
  if (slope) each(x, y, slope, count, true);
  else each(x, y, 0, count, false);
}
