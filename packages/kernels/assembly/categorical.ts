/** Log-probability and entropy of categorical distributions given by logits. */
import { madd, sumLanes } from './lanes';
import { clear } from './mask';
import { loadSome, storeSome, taken } from './partial';
import { exponentialOfNegative } from './polynomials';

/** log p, or 0 where p is 0: p log p is 0 there, also where log p is -Infinity. */
@inline
function finiteLogarithm(p: v128, log: v128): v128 {
  return v128.andnot(log, f32x4.eq(p, f32x4.splat(0)));
}

/**
 * From log-probabilities `[rows, count]`: that of the action taken, and the entropy -Σ p log p.
 * @returns the first row whose action is no index, or -1
 */
export function categorical(logs: usize, actions: usize, chosen: usize, entropy: usize, rows: i32, count: i32): i32 {
  for (let row = 0; row < rows; row++) {
    const action = load<u32>(actions + (row << 2));
    if (action >= <u32>count) return row;
    store<f32>(chosen + (row << 2), load<f32>(logs + (action << 2)));
    let sum = f32x4.splat(0);
    for (let j = 0, some = 0; j < count; j += some) {
      some = taken(count - j);
      const value = loadSome(logs + (j << 2), some);
      const p = exponentialOfNegative(value);
      const term = f32x4.mul(p, finiteLogarithm(p, value));
      sum = some == 4 ? f32x4.add(sum, term) : f32x4.add(sum, f32x4.replace_lane(f32x4.splat(0), 0, f32x4.extract_lane(term, 0)));
    }
    store<f32>(entropy + (row << 2), -sumLanes(sum));
    logs += <usize>count << 2;
  }
  return -1;
}

/** dx = dChosen · (one at the action - p) - dEntropy · p (log p + entropy), 0 where the mask is 0. */
export function categoricalGradient(
  logs: usize, actions: usize, mask: usize, dChosen: usize, entropy: usize, dEntropy: usize, dx: usize, rows: i32, count: i32,
): void {
  const bytes = <usize>count << 2;
  for (let row = 0; row < rows; row++, logs += bytes, dx += bytes) {
    const at = <usize>row << 2;
    const d = load<f32>(dChosen + at);
    const dChosens = f32x4.splat(d);
    const dEntropies = f32x4.splat(load<f32>(dEntropy + at));
    const entropies = f32x4.splat(load<f32>(entropy + at));
    for (let j = 0, some = 0; j < count; j += some) {
      some = taken(count - j);
      const value = loadSome(logs + (j << 2), some);
      const p = exponentialOfNegative(value);
      const inner = madd(dEntropies, f32x4.add(finiteLogarithm(p, value), entropies), dChosens);
      storeSome(dx + (j << 2), f32x4.neg(f32x4.mul(p, inner)), some);
    }
    const to = dx + (load<u32>(actions + at) << 2);
    store<f32>(to, load<f32>(to) + d);
    if (mask) {
      clear(dx, mask, count);
      mask += count;
    }
  }
}
