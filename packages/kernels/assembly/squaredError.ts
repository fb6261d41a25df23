/** A weighted mean of squared differences, and its slope. */
import { madd, sumLanes } from './lanes';
import { loadSome, storeSome, taken } from './partial';

/** The sum of all values, in four parts side by side. */
function total(x: usize, count: i32): f32 {
  let sum = f32x4.splat(0);
  for (let some = 0; count > 0; count -= some, x += <usize>some << 2) {
    some = taken(count);
    sum = f32x4.add(sum, loadSome(x, some));
  }
  return sumLanes(sum);
}

/**
 * mean = Σ w (a - b)² / Σ w, stored as one value.
 * @param weight  0 for weights of 1
 * @param slope  gets 2 w (a - b) / Σ w, or 0 where it is not wanted
 */
export function squaredError(a: usize, b: usize, weight: usize, mean: usize, slope: usize, count: i32): void {
  const divisor = weight ? total(weight, count) : <f32>count;
  const twice = f32x4.splat(2 / divisor);
  let sum = f32x4.splat(0);
  for (let some = 0; count > 0; count -= some) {
    some = taken(count);
    const difference = f32x4.sub(loadSome(a, some), loadSome(b, some));
    const weighted = weight ? f32x4.mul(loadSome(weight, some), difference) : difference;
    sum = madd(weighted, difference, sum);
    if (slope) {
      storeSome(slope, f32x4.mul(weighted, twice), some);
      slope += <usize>some << 2;
    }
    if (weight) weight += <usize>some << 2;
    a += <usize>some << 2;
    b += <usize>some << 2;
  }
  store<f32>(mean, sumLanes(sum) / divisor);
}
