/** Loads and stores of the last elements of a row: four at a time, or one. */

/** Elements that a step takes when `left` are left. */
@inline
export function taken(left: i32): i32 {
  return left >= 4 ? 4 : 1;
}

@inline
export function loadSome(at: usize, count: i32): v128 {
  return count == 4 ? v128.load(at) : v128.load32_zero(at);
}

@inline
export function storeSome(at: usize, value: v128, count: i32): void {
  if (count == 4) v128.store(at, value);
  else v128.store32_lane(at, value, 0);
}
