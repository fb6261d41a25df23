/** Gradients of softmax and its logarithm along rows. */
import { madd, sumLanes } from './lanes';
import { clear } from './mask';
import { loadSome, storeSome, taken } from './partial';
import { exponentialOfNegative } from './polynomials';

/**
 * From y = softmax(x): dx = scale · y · (dy - Σ dy y). From its logarithm: dx = dy - e^y Σ dy. Where the mask (0, or a
 * byte for each element) is 0, dx is 0. `dx` may be `dy`.
 */
export function softmaxGradient(
  y: usize, dy: usize, mask: usize, dx: usize, rows: i32, count: i32, ofLogarithm: i32, scale: f32,
): void {
  const bytes = <usize>count << 2;
  const scales = f32x4.splat(scale);
  for (; rows > 0; rows--, y += bytes, dy += bytes, dx += bytes) {
    let total = f32x4.splat(0);
    for (let j = 0, some = 0; j < count; j += some) {
      some = taken(count - j);
      const at = <usize>j << 2;
      const d = loadSome(dy + at, some);
      total = ofLogarithm ? f32x4.add(total, d) : madd(d, loadSome(y + at, some), total);
    }
    const sum = f32x4.splat(sumLanes(total));
    for (let j = 0, some = 0; j < count; j += some) {
      some = taken(count - j);
      const at = <usize>j << 2;
      const value = loadSome(y + at, some);
      const d = loadSome(dy + at, some);
      const result = ofLogarithm
        ? f32x4.sub(d, f32x4.mul(exponentialOfNegative(value), sum))
        : f32x4.mul(f32x4.mul(value, scales), f32x4.sub(d, sum));
      storeSome(dx + at, result, some);
    }
    if (mask) {
      clear(dx, mask, count);
      mask += count;
    }
  }
}
