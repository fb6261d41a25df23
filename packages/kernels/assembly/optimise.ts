/** Steps of optimisers over one array of parameters, all in place. */
import { madd, sumLanes } from './lanes';

/** The sum of squares; blocks of 64 in single precision, their sums in double. */
export function squaredLength(x: usize, count: i32): f64 {
  let total: f64 = 0;
  while (count >= 4) {
    let block = min(count & ~3, 64);
    count -= block;
    let sum = f32x4.splat(0);
    for (; block > 0; block -= 4, x += 16) {
      const value = v128.load(x);
      sum = madd(value, value, sum);
    }
    total += sumLanes(sum);
  }
  for (; count > 0; count--, x += 4) {
    const value = <f64>load<f32>(x);
    total += value * value;
  }
  return total;
}

/** a + (b - a) · weight, as a · (1 - weight) + b · weight. */
@inline
function blend(a: v128, decay: v128, b: v128, rest: v128): v128 {
  return madd(b, rest, f32x4.mul(a, decay));
}

@inline
function moments(
  parameter: usize, gradient: v128, mean: v128, square: v128, scale: v128, meanDecay: v128, meanRest: v128,
  squareDecay: v128, squareRest: v128, rate: v128, squareScale: v128, epsilon: v128, adaptive: i32,
  meanAt: usize, squareAt: usize, lane: i32,
): void {
  const g = f32x4.mul(gradient, scale);
  const m = blend(mean, meanDecay, g, meanRest);
  const v = blend(square, squareDecay, f32x4.mul(g, g), squareRest);
  let step = f32x4.mul(m, rate);
  if (adaptive) step = f32x4.div(step, f32x4.add(f32x4.sqrt(f32x4.mul(v, squareScale)), epsilon));
  if (lane) {
    store<f32>(meanAt, f32x4.extract_lane(m, 0));
    store<f32>(squareAt, f32x4.extract_lane(v, 0));
    store<f32>(parameter, load<f32>(parameter) - f32x4.extract_lane(step, 0));
  } else {
    v128.store(meanAt, m);
    v128.store(squareAt, v);
    v128.store(parameter, f32x4.sub(v128.load(parameter), step));
  }
}

/**
 * Adam and RAdam: with g the gradient times `scale`, m = meanDecay · m + (1 - meanDecay) · g, v alike from g², and
 * p -= rate · m / (sqrt(v · squareScale) + epsilon), or p -= rate · m where not `adaptive`.
 */
export function stepMoments(
  parameter: usize, gradient: usize, mean: usize, square: usize, count: i32, scale: f32, meanDecay: f32, meanRest: f32,
  squareDecay: f32, squareRest: f32, rate: f32, squareScale: f32, epsilon: f32, adaptive: i32,
): void {
  const s = f32x4.splat(scale), md = f32x4.splat(meanDecay), mr = f32x4.splat(meanRest), sd = f32x4.splat(squareDecay);
  const sr = f32x4.splat(squareRest), r = f32x4.splat(rate), ss = f32x4.splat(squareScale), e = f32x4.splat(epsilon);
  for (; count >= 4; count -= 4, parameter += 16, gradient += 16, mean += 16, square += 16) {
    moments(
      parameter, v128.load(gradient), v128.load(mean), v128.load(square), s, md, mr, sd, sr, r, ss, e, adaptive, mean, square, 0,
    );
  }
  for (; count > 0; count--, parameter += 4, gradient += 4, mean += 4, square += 4) {
    moments(
      parameter, v128.load32_zero(gradient), v128.load32_zero(mean), v128.load32_zero(square),
      s, md, mr, sd, sr, r, ss, e, adaptive, mean, square, 1,
    );
  }
}

/** RMSprop: v = decay · v + rest · g², p -= rate · g / (sqrt(v) + epsilon), g the gradient times `scale`. */
export function stepSquares(
  parameter: usize, gradient: usize, square: usize, count: i32, scale: f32, decay: f32, rest: f32, rate: f32, epsilon: f32,
): void {
  const s = f32x4.splat(scale), d = f32x4.splat(decay), r = f32x4.splat(rest), l = f32x4.splat(rate), e = f32x4.splat(epsilon);
  for (; count > 0; count -= 4, parameter += 16, gradient += 16, square += 16) {
    if (count < 4) break;
    const g = f32x4.mul(v128.load(gradient), s);
    const v = blend(v128.load(square), d, f32x4.mul(g, g), r);
    v128.store(square, v);
    v128.store(parameter, f32x4.sub(v128.load(parameter), f32x4.div(f32x4.mul(g, l), f32x4.add(f32x4.sqrt(v), e))));
  }
  for (; count > 0; count--, parameter += 4, gradient += 4, square += 4) {
    const g = load<f32>(gradient) * scale;
    const v = f32x4.extract_lane(blend(v128.load32_zero(square), d, f32x4.splat(g * g), r), 0);
    store<f32>(square, v);
    store<f32>(parameter, load<f32>(parameter) - (g * rate) / (sqrt<f32>(v) + epsilon));
  }
}
