import * as row from './rows';

/**
 * What both are pushed by grows, where they overlap, by the way between them times `reach / (distance + 1e-6) - 1`.
 * Rounded to 32 bits after each operation as XLA does it on a CPU (the first square is fused into the sum, and so are
 * products into sums of pushes): so up to 17 units the recorded episodes come out to the bit.
 */
function touch(one: usize, other: usize): bool {
  const deltaX = load<f32>(row.x + one) - load<f32>(row.x + other);
  const deltaY = load<f32>(row.y + one) - load<f32>(row.y + other);
  const reach = load<f32>(row.radius + one) + load<f32>(row.radius + other);
  const square = <f32>(<f64>deltaX * <f64>deltaX + <f64>(deltaY * deltaY));
  const overlap: f32 = reach / (sqrt<f32>(square) + <f32>1e-6) - 1;
  if (overlap <= 0) return false;
  const alongX = <f64>deltaX * <f64>overlap;
  const alongY = <f64>deltaY * <f64>overlap;
  store<f32>(row.pushX + one, <f32>(<f64>load<f32>(row.pushX + one) + alongX));
  store<f32>(row.pushY + one, <f32>(<f64>load<f32>(row.pushY + one) + alongY));
  store<f32>(row.pushX + other, <f32>(<f64>load<f32>(row.pushX + other) - alongX));
  store<f32>(row.pushY + other, <f32>(<f64>load<f32>(row.pushY + other) - alongY));
  return true;
}

/** Touches every unit before `one` that is near enough. */
function touchEarlier(one: i32): bool {
  const at = <usize>one << 2;
  const ownX = v128.load32_splat(row.x + at);
  const ownY = v128.load32_splat(row.y + at);
  const ownRadius = v128.load32_splat(row.radius + at);
  // A little farther than they reach: `touch` decides.
  const nearly = f32x4.splat(1.0001);
  let any = false;
  for (let first = 0; first < one; first += 4) {
    const lanes = <usize>first << 2;
    const deltaX = f32x4.sub(ownX, v128.load(row.x + lanes));
    const deltaY = f32x4.sub(ownY, v128.load(row.y + lanes));
    const reach = f32x4.add(ownRadius, v128.load(row.radius + lanes));
    const square = f32x4.add(f32x4.mul(deltaX, deltaX), f32x4.mul(deltaY, deltaY));
    const near = f32x4.lt(square, f32x4.mul(f32x4.mul(reach, reach), nearly));
    let bits = i32x4.bitmask(v128.and(near, v128.load(row.takesPart + lanes)));
    if (first + 4 > one) bits &= (1 << (one - first)) - 1;
    for (; bits; bits &= bits - 1) {
      if (touch(at, lanes + (<usize>ctz(bits) << 2))) any = true;
    }
  }
  return any;
}

/**
 * Collisions: each unit moves by half the sum, over every unit that it overlaps, of what {@link touch} adds; all at once,
 * and not clipped to the map (JaxMARL, `_push_units_away`).
 */
export function push(units: i32): void {
  let any = false;
  for (let one = 1; one < units; one++) {
    if (load<i32>(row.takesPart + (<usize>one << 2)) && touchEarlier(one)) any = true;
  }
  if (!any) return;
  const half = f32x4.splat(0.5);
  const none = f32x4.splat(0);
  for (let at: usize = 0, end = <usize>units << 2; at < end; at += 16) {
    v128.store(row.x + at, f32x4.add(v128.load(row.x + at), f32x4.mul(v128.load(row.pushX + at), half)));
    v128.store(row.y + at, f32x4.add(v128.load(row.y + at), f32x4.mul(v128.load(row.pushY + at), half)));
    v128.store(row.pushX + at, none);
    v128.store(row.pushY + at, none);
  }
}
