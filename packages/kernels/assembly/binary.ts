/** Two arrays, or an array and one value, elementwise. */

@inline
function lanes(code: i32, a: v128, b: v128): v128 {
  // As IEEE maximum and minimum: NaN if either is.
  if (code == 0) return f32x4.max(a, b);
  if (code == 1) return f32x4.min(a, b);
  return f32x4.mul(a, b);
}

@inline
function each(code: i32, a: usize, b: usize, step: usize, y: usize, count: i32): void {
  // `step` is 16 for an array and 0 for one value, then held in all lanes.
  const all = v128.load32_splat(b);
  for (; count >= 4; count -= 4) {
    v128.store(y, lanes(code, v128.load(a), step ? v128.load(b) : all));
    a += 16;
    b += step;
    y += 16;
  }
  for (; count > 0; count--) {
    v128.store32_lane(y, lanes(code, v128.load32_zero(a), step ? v128.load32_zero(b) : all), 0);
    a += 4;
    b += step >> 2;
    y += 4;
  }
}

/** `y = f(a, b)`: 0 maximum, 1 minimum, 2 product. */
export function binary(code: i32, a: usize, b: usize, bIsScalar: i32, y: usize, count: i32): void {
  const step: usize = bIsScalar ? 0 : 16;
  if (code == 0) each(0, a, b, step, y, count);
  else if (code == 1) each(1, a, b, step, y, count);
  else each(2, a, b, step, y, count);
}

/** `y = condition ? a : b`; the condition is a byte for `inner` elements. */
export function select(condition: usize, rows: i32, inner: i32, a: usize, b: usize, y: usize): void {
  if (inner == 1) {
    for (; rows >= 4; rows -= 4) {
      const bytes = v128.load32_zero(condition);
      const mask = i32x4.ne(i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(bytes)), i32x4.splat(0));
      v128.store(y, v128.bitselect(v128.load(a), v128.load(b), mask));
      condition += 4;
      a += 16;
      b += 16;
      y += 16;
    }
  }
  const bytes = <usize>inner << 2;
  for (; rows > 0; rows--) {
    memory.copy(y, load<u8>(condition) ? a : b, bytes);
    condition += 1;
    a += bytes;
    b += bytes;
    y += bytes;
  }
}
