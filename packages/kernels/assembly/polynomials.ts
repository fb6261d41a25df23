/**
 * Elementary functions of four lanes at once, relative error below 3e-7 over the whole range, infinities and denormal
 * results included (but for those that say otherwise), NaN kept. Argument reduction after Cody and Waite, "Software
 * Manual for the Elementary Functions" (1980); the series are Taylor's, long enough for float32.
 */
import { constant, integerConstant } from './constants';
import { madd } from './lanes';

/** 1.5 · 2^23: adding it rounds to an integer, which then stands in the low bits. */
@inline
function rounding(): v128 {
  return constant(12582912);
}

/** `2^n` for the integer in the low bits of `n + rounding`, with -126 <= n <= 127. */
@inline
function power(shifted: v128): v128 {
  return i32x4.shl(i32x4.add(shifted, integerConstant(127 - 0x4b400000)), 23);
}

/** `e^r - 1` for |r| <= ln 2 / 2. */
@inline
function reducedExponential(r: v128): v128 {
  let sum = madd(r, constant(1.0 / 5040), constant(1.0 / 720));
  sum = madd(sum, r, constant(1.0 / 120));
  sum = madd(sum, r, constant(1.0 / 24));
  sum = madd(sum, r, constant(1.0 / 6));
  sum = madd(sum, r, constant(0.5));
  return madd(f32x4.mul(sum, r), r, r);
}

/** x - n ln 2, with ln 2 in two parts: the product of the first with a small integer is exact. */
@inline
function reduce(x: v128, n: v128): v128 {
  return madd(n, constant(2.12194440054690583e-4), madd(n, constant(-0.693359375), x));
}

/** `x / ln 2`, rounded, in the low bits. */
@inline
function shiftedBy(x: v128): v128 {
  return f32x4.add(f32x4.mul(x, constant(1.4426950408889634)), rounding());
}

/** `2^n e^r` for the n in `shifted`. */
@inline
function scaledExponential(shifted: v128, r: v128): v128 {
  const scale = power(shifted);
  return madd(reducedExponential(r), scale, scale);
}

/** `e^x` for -87 <= x <= 88, where the result is a normal number. */
@inline
export function normalExponential(x: v128): v128 {
  const shifted = shiftedBy(x);
  return scaledExponential(shifted, reduce(x, f32x4.sub(shifted, rounding())));
}

/**
 * `e^(x + rest)` for -87 <= x <= 88. What of an exponent is lost when it is rounded to `x` can be given in `rest`, far
 * smaller: a lost 4e-6 would be 4e-6 of the result.
 */
@inline
export function exponentialOfSum(x: v128, rest: v128): v128 {
  const shifted = shiftedBy(x);
  return scaledExponential(shifted, f32x4.add(reduce(x, f32x4.sub(shifted, rounding())), rest));
}

/**
 * `e^x` for x <= 0, or 0 where that is below 2e-38: processors take a hundred cycles for each operation on numbers
 * smaller than float32's normal ones, here and in all that would follow.
 */
@inline
export function exponentialOfNegative(x: v128): v128 {
  // pmax keeps a NaN that stands first.
  return v128.andnot(normalExponential(f32x4.pmax(x, constant(-87))), f32x4.lt(x, constant(-87)));
}

@inline
export function exponential(value: v128): v128 {
  if (!v128.any_true(f32x4.gt(f32x4.abs(value), constant(87)))) return normalExponential(value);
  // Beyond these the result is 0 or infinite anyway; pmin and pmax keep a NaN that stands first.
  const none = f32x4.lt(value, constant(-104));
  const x = v128.andnot(f32x4.pmin(value, constant(89)), none);
  const shifted = shiftedBy(x);
  const n = f32x4.sub(shifted, rounding());
  // 2^n in two factors: n reaches -150 (denormal results) and 128.
  const half = f32x4.add(f32x4.mul(n, constant(0.5)), rounding());
  const rest = f32x4.add(f32x4.sub(n, f32x4.sub(half, rounding())), rounding());
  const sum = f32x4.add(reducedExponential(reduce(x, n)), constant(1));
  return v128.andnot(f32x4.mul(f32x4.mul(sum, power(half)), power(rest)), none);
}

/** `e^x - 1` for -87 <= x <= 88. */
@inline
export function exponentialMinusOne(x: v128): v128 {
  const shifted = shiftedBy(x);
  const scale = power(shifted);
  const part = reducedExponential(reduce(x, f32x4.sub(shifted, rounding())));
  return madd(part, scale, f32x4.sub(scale, constant(1)));
}

@inline
export function logarithm(value: v128): v128 {
  // Denormals are scaled into the normal range first.
  const small = f32x4.lt(value, constant(1.17549435e-38));
  const x = v128.bitselect(f32x4.mul(value, constant(8388608)), value, small);
  // x = 2^e m with m in [sqrt(1/2), sqrt(2)).
  const bits = i32x4.sub(x, integerConstant(0x3f3504f3));
  const exponent = f32x4.sub(
    f32x4.convert_i32x4_s(i32x4.shr_s(bits, 23)),
    v128.and(constant(23), small),
  );
  const m = i32x4.add(v128.and(bits, integerConstant(0x007fffff)), integerConstant(0x3f3504f3));
  // ln m = 2 artanh s, s = (m - 1) / (m + 1), |s| < 0.172.
  const f = f32x4.sub(m, constant(1));
  const s = f32x4.div(f, f32x4.add(f, constant(2)));
  const s2 = f32x4.mul(s, s);
  let sum = madd(s2, constant(2.0 / 11), constant(2.0 / 9));
  sum = madd(sum, s2, constant(2.0 / 7));
  sum = madd(sum, s2, constant(2.0 / 5));
  sum = madd(sum, s2, constant(2.0 / 3));
  sum = f32x4.mul(f32x4.mul(sum, s2), s);
  sum = f32x4.add(f32x4.add(sum, f32x4.mul(exponent, constant(-2.12194440054690583e-4))), f32x4.add(s, s));
  let result = f32x4.add(sum, f32x4.mul(exponent, constant(0.693359375)));
  result = v128.bitselect(value, result, f32x4.eq(value, constant(Infinity)));
  result = v128.bitselect(constant(-Infinity), result, f32x4.eq(value, f32x4.splat(0)));
  // Below zero, and NaN itself.
  return v128.bitselect(result, constant(NaN), f32x4.ge(value, f32x4.splat(0)));
}

/** (e^2|x| - 1) / (e^2|x| + 1) with the sign of x. */
@inline
export function tangent(x: v128): v128 {
  const twice = f32x4.pmin(f32x4.mul(f32x4.abs(x), constant(2)), constant(40));
  const e = exponentialMinusOne(twice);
  const size = f32x4.div(e, f32x4.add(e, constant(2)));
  return v128.bitselect(x, size, constant(-0.0));
}

/** 1 / (1 + e^-x), by e^-|x|, which never overflows. */
@inline
export function logistic(x: v128): v128 {
  const e = exponential(f32x4.neg(f32x4.abs(x)));
  const numerator = v128.bitselect(e, constant(1), f32x4.lt(x, f32x4.splat(0)));
  return f32x4.div(numerator, f32x4.add(e, constant(1)));
}

/** log(1 + e^x) = max(x, 0) + log(1 + e^-|x|). */
@inline
export function softenedMaximum(x: v128): v128 {
  const e = exponential(f32x4.neg(f32x4.abs(x)));
  // log(1 + e) = log u + (e - (u - 1)) / u with u = 1 + e rounded (Kahan), right down to denormal e.
  const u = f32x4.add(e, constant(1));
  const lost = f32x4.div(f32x4.sub(e, f32x4.sub(u, constant(1))), u);
  return f32x4.add(f32x4.max(x, f32x4.splat(0)), f32x4.add(logarithm(u), lost));
}

/** e^x - 1 below zero, x above. */
@inline
export function exponentialLinear(x: v128): v128 {
  // e^x - 1 = -(e^|x| - 1) e^-|x| keeps the small digits.
  const size = f32x4.pmin(f32x4.abs(x), constant(40));
  const e = exponentialMinusOne(size);
  const below = f32x4.neg(f32x4.div(e, f32x4.add(e, constant(1))));
  return v128.bitselect(below, x, f32x4.lt(x, f32x4.splat(0)));
}
