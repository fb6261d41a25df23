/** What a dense layer's activation leaves of dy, and its sum over rows, in one pass. */

/** From dy and y = f(z): 0 ReLU, 1 tanh, 2 sigmoid. Where y is NaN so is the result. */
@inline
function through(code: i32, dy: v128, y: v128): v128 {
  // All bits set are a NaN.
  if (code == 0) return v128.andnot(v128.or(dy, f32x4.ne(y, y)), f32x4.le(y, f32x4.splat(0)));
  if (code == 1) return f32x4.mul(dy, f32x4.sub(f32x4.splat(1), f32x4.mul(y, y)));
  return f32x4.mul(dy, f32x4.mul(y, f32x4.sub(f32x4.splat(1), y)));
}

@inline
function each(code: i32, dy: usize, y: usize, dz: usize, bias: usize, rows: i32, units: i32): void {
  const stride = <usize>units << 2;
  for (; rows >= 2; rows -= 2) {
    let at: usize = 0;
    let j = units;
    for (; j >= 4; j -= 4, at += 16) {
      const a = through(code, v128.load(dy + at), v128.load(y + at));
      const b = through(code, v128.load(dy + stride + at), v128.load(y + stride + at));
      v128.store(dz + at, a);
      v128.store(dz + stride + at, b);
      v128.store(bias + at, f32x4.add(v128.load(bias + at), f32x4.add(a, b)));
    }
    for (; j > 0; j--, at += 4) {
      const a = through(code, v128.load32_zero(dy + at), v128.load32_zero(y + at));
      const b = through(code, v128.load32_zero(dy + stride + at), v128.load32_zero(y + stride + at));
      v128.store32_lane(dz + at, a, 0);
      v128.store32_lane(dz + stride + at, b, 0);
      v128.store32_lane(bias + at, f32x4.add(v128.load32_zero(bias + at), f32x4.add(a, b)), 0);
    }
    dy += 2 * stride;
    y += 2 * stride;
    dz += 2 * stride;
  }
  if (rows > 0) {
    for (let j = 0; j < units; j++) {
      const at = <usize>j << 2;
      const a = through(code, v128.load32_zero(dy + at), v128.load32_zero(y + at));
      v128.store32_lane(dz + at, a, 0);
      v128.store32_lane(bias + at, f32x4.add(v128.load32_zero(bias + at), a), 0);
    }
  }
}

/** dz = dy · f'(z), `[rows, units]`, and bias = Σ dz over the rows. */
export function denseGradient(code: i32, dy: usize, y: usize, dz: usize, bias: usize, rows: i32, units: i32): void {
  memory.fill(bias, 0, <usize>units << 2);
  if (code == 0) each(0, dy, y, dz, bias, rows, units);
  else if (code == 1) each(1, dy, y, dz, bias, rows, units);
  else each(2, dy, y, dz, bias, rows, units);
}
