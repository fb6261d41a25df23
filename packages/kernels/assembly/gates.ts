/**
 * Sigmoid and tanh for the gates of recurrent units: relative error below 1e-6 out to results of e^-87, all that a gate
 * needs, without the steps that `polynomials.ts` takes for denormal results.
 */
import { constant } from './constants';
import { exponentialMinusOne, normalExponential } from './polynomials';

/** -x within ±87, where e^-x is a normal number. pmin and pmax keep a NaN that stands first. */
@inline
function negated(x: v128): v128 {
  return f32x4.neg(f32x4.pmin(f32x4.pmax(x, constant(-87)), constant(87)));
}

/** 1 / (1 + e^-x). */
@inline
export function gateSigmoid(x: v128): v128 {
  const y = f32x4.div(constant(1), f32x4.add(normalExponential(negated(x)), constant(1)));
  // Where float32 has nothing above 0.
  return v128.andnot(y, f32x4.lt(x, constant(-104)));
}

/** (1 - e) / (1 + e) with e = e^-2x, by e - 1, which keeps the digits of a small x. */
@inline
export function gateTangent(x: v128): v128 {
  const less = exponentialMinusOne(negated(f32x4.add(x, x)));
  return f32x4.div(less, f32x4.sub(constant(-2), less));
}
