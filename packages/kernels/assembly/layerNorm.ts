/**
 * Layer normalisation (Ba, Kiros and Hinton 2016) of rows, and its gradients. Loops take 16 elements a turn with four
 * sums, since an addition takes four cycles; then 4, then 1.
 */
import { madd, sumLanes } from './lanes';

/** The sum of a row. */
@inline
function rowSum(x: usize, count: i32): f32 {
  let a = f32x4.splat(0), b = f32x4.splat(0), c = f32x4.splat(0), d = f32x4.splat(0);
  for (; count >= 16; count -= 16, x += 64) {
    a = f32x4.add(a, v128.load(x));
    b = f32x4.add(b, v128.load(x, 16));
    c = f32x4.add(c, v128.load(x, 32));
    d = f32x4.add(d, v128.load(x, 48));
  }
  for (; count >= 4; count -= 4, x += 16) a = f32x4.add(a, v128.load(x));
  for (; count > 0; count--, x += 4) b = f32x4.add(b, v128.load32_zero(x));
  return sumLanes(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)));
}

@inline
function addSquare(sum: v128, x: v128, mean: v128): v128 {
  const value = f32x4.sub(x, mean);
  return madd(value, value, sum);
}

/** 1 / sqrt(variance + epsilon) of a row. */
@inline
function inverseDeviation(x: usize, count: i32, mean: f32, epsilon: f32): f32 {
  const means = f32x4.splat(mean);
  let a = f32x4.splat(0), b = f32x4.splat(0), c = f32x4.splat(0), d = f32x4.splat(0);
  let left = count;
  for (; left >= 16; left -= 16, x += 64) {
    a = addSquare(a, v128.load(x), means);
    b = addSquare(b, v128.load(x, 16), means);
    c = addSquare(c, v128.load(x, 32), means);
    d = addSquare(d, v128.load(x, 48), means);
  }
  for (; left >= 4; left -= 4, x += 16) a = addSquare(a, v128.load(x), means);
  let sum = sumLanes(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)));
  for (; left > 0; left--, x += 4) {
    const value = load<f32>(x) - mean;
    sum += value * value;
  }
  return 1 / sqrt<f32>(sum / <f32>count + epsilon);
}

@inline
function normal(x: v128, mean: v128, inverse: v128): v128 {
  return f32x4.mul(f32x4.sub(x, mean), inverse);
}

/** y = (x - mean) / sqrt(variance + epsilon) · scale + shift, each row by itself. */
export function layerNorm(x: usize, scale: usize, shift: usize, y: usize, rows: i32, count: i32, epsilon: f32): void {
  const bytes = <usize>count << 2;
  for (; rows > 0; rows--, x += bytes, y += bytes) {
    const mean = rowSum(x, count) / <f32>count;
    const inverse = f32x4.splat(inverseDeviation(x, count, mean, epsilon));
    const means = f32x4.splat(mean);
    let at: usize = 0;
    for (; at + 32 <= bytes; at += 32) {
      const a = normal(v128.load(x + at), means, inverse), b = normal(v128.load(x + at, 16), means, inverse);
      v128.store(y + at, madd(a, v128.load(scale + at), v128.load(shift + at)));
      v128.store(y + at, madd(b, v128.load(scale + at, 16), v128.load(shift + at, 16)), 16);
    }
    for (; at + 16 <= bytes; at += 16) {
      const a = normal(v128.load(x + at), means, inverse);
      v128.store(y + at, madd(a, v128.load(scale + at), v128.load(shift + at)));
    }
    for (; at < bytes; at += 4) {
      const a = normal(v128.load32_zero(x + at), means, inverse);
      v128.store32_lane(y + at, madd(a, v128.load32_zero(scale + at), v128.load32_zero(shift + at)), 0);
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
    let sumA = f32x4.splat(0), sumB = f32x4.splat(0), productA = f32x4.splat(0), productB = f32x4.splat(0);
    let at: usize = 0;
    for (; at + 32 <= bytes; at += 32) {
      const hA = normal(v128.load(x + at), means, inverses), hB = normal(v128.load(x + at, 16), means, inverses);
      const dA = v128.load(dy + at), dB = v128.load(dy + at, 16);
      const gA = f32x4.mul(dA, v128.load(scale + at)), gB = f32x4.mul(dB, v128.load(scale + at, 16));
      sumA = f32x4.add(sumA, gA);
      sumB = f32x4.add(sumB, gB);
      productA = madd(gA, hA, productA);
      productB = madd(gB, hB, productB);
      v128.store(dscale + at, madd(dA, hA, v128.load(dscale + at)));
      v128.store(dscale + at, madd(dB, hB, v128.load(dscale + at, 16)), 16);
      v128.store(dshift + at, f32x4.add(dA, v128.load(dshift + at)));
      v128.store(dshift + at, f32x4.add(dB, v128.load(dshift + at, 16)), 16);
    }
    for (; at < bytes; at += 4) {
      const h = normal(v128.load32_zero(x + at), means, inverses);
      const d = v128.load32_zero(dy + at);
      const g = f32x4.mul(d, v128.load32_zero(scale + at));
      sumA = f32x4.add(sumA, g);
      productA = madd(g, h, productA);
      v128.store32_lane(dscale + at, madd(d, h, v128.load32_zero(dscale + at)), 0);
      v128.store32_lane(dshift + at, f32x4.add(d, v128.load32_zero(dshift + at)), 0);
    }
    const meanG = f32x4.splat(sumLanes(f32x4.add(sumA, sumB)) / <f32>count);
    const meanProduct = f32x4.splat(sumLanes(f32x4.add(productA, productB)) / <f32>count);
    for (at = 0; at + 16 <= bytes; at += 16) {
      const h = normal(v128.load(x + at), means, inverses);
      const g = f32x4.mul(v128.load(dy + at), v128.load(scale + at));
      v128.store(dx + at, f32x4.mul(f32x4.sub(f32x4.sub(g, meanG), f32x4.mul(h, meanProduct)), inverses));
    }
    for (; at < bytes; at += 4) {
      const h = normal(v128.load32_zero(x + at), means, inverses);
      const g = f32x4.mul(v128.load32_zero(dy + at), v128.load32_zero(scale + at));
      const inner = f32x4.sub(f32x4.sub(g, meanG), f32x4.mul(h, meanProduct));
      v128.store32_lane(dx + at, f32x4.mul(inner, inverses), 0);
    }
  }
}
