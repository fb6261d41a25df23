/** Layer normalisation (Ba, Kiros and Hinton 2016) of rows, and its gradients. */
import { madd, sumLanes } from './lanes';
import { loadSome, storeSome, taken } from './partial';

/** The sum of a row. */
@inline
function rowSum(x: usize, count: i32): f32 {
  let sum = f32x4.splat(0);
  for (let j = 0, some = 0; j < count; j += some) {
    some = taken(count - j);
    sum = f32x4.add(sum, loadSome(x + (j << 2), some));
  }
  return sumLanes(sum);
}

/** 1 / sqrt(variance + epsilon) of a row. */
@inline
function inverseDeviation(x: usize, count: i32, mean: f32, epsilon: f32): f32 {
  const means = f32x4.splat(mean);
  let sum = f32x4.splat(0);
  let rest: f32 = 0;
  for (let j = 0, some = 0; j < count; j += some) {
    some = taken(count - j);
    const value = f32x4.sub(loadSome(x + (j << 2), some), means);
    if (some == 4) sum = madd(value, value, sum);
    else rest += f32x4.extract_lane(f32x4.mul(value, value), 0);
  }
  return 1 / sqrt<f32>((sumLanes(sum) + rest) / <f32>count + epsilon);
}

/** y = (x - mean) / sqrt(variance + epsilon) · scale + shift, each row by itself. */
export function layerNorm(x: usize, scale: usize, shift: usize, y: usize, rows: i32, count: i32, epsilon: f32): void {
  const bytes = <usize>count << 2;
  for (; rows > 0; rows--, x += bytes, y += bytes) {
    const mean = rowSum(x, count) / <f32>count;
    const inverse = f32x4.splat(inverseDeviation(x, count, mean, epsilon));
    const means = f32x4.splat(mean);
    for (let j = 0, some = 0; j < count; j += some) {
      some = taken(count - j);
      const at = <usize>j << 2;
      const value = f32x4.mul(f32x4.sub(loadSome(x + at, some), means), inverse);
      storeSome(y + at, madd(value, loadSome(scale + at, some), loadSome(shift + at, some)), some);
    }
  }
}

/**
 * With h = (x - mean) · inverse and g = dy · scale: dx = inverse · (g - mean(g) - h · mean(g h)), and dscale and
 * dshift, which start at 0, gain dy · h and dy.
 */
export function layerNormGradient(
  dy: usize, x: usize, scale: usize, dx: usize, dscale: usize, dshift: usize, rows: i32, count: i32, epsilon: f32,
): void {
  const bytes = <usize>count << 2;
  memory.fill(dscale, 0, bytes);
  memory.fill(dshift, 0, bytes);
  for (; rows > 0; rows--, x += bytes, dy += bytes, dx += bytes) {
    const mean = rowSum(x, count) / <f32>count;
    const inverse = inverseDeviation(x, count, mean, epsilon);
    const inverses = f32x4.splat(inverse), means = f32x4.splat(mean);
    let sum = f32x4.splat(0), product = f32x4.splat(0);
    for (let j = 0, some = 0; j < count; j += some) {
      some = taken(count - j);
      const at = <usize>j << 2;
      const h = f32x4.mul(f32x4.sub(loadSome(x + at, some), means), inverses);
      const d = loadSome(dy + at, some);
      const g = f32x4.mul(d, loadSome(scale + at, some));
      sum = f32x4.add(sum, g);
      product = madd(g, h, product);
      storeSome(dscale + at, madd(d, h, loadSome(dscale + at, some)), some);
      storeSome(dshift + at, f32x4.add(d, loadSome(dshift + at, some)), some);
    }
    const meanG = f32x4.splat(sumLanes(sum) / <f32>count);
    const meanProduct = f32x4.splat(sumLanes(product) / <f32>count);
    for (let j = 0, some = 0; j < count; j += some) {
      some = taken(count - j);
      const at = <usize>j << 2;
      const h = f32x4.mul(f32x4.sub(loadSome(x + at, some), means), inverses);
      const g = f32x4.mul(loadSome(dy + at, some), loadSome(scale + at, some));
      const inner = f32x4.sub(f32x4.sub(g, meanG), f32x4.mul(h, meanProduct));
      storeSome(dx + at, f32x4.mul(inner, inverses), some);
    }
  }
}
