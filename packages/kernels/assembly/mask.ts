/** Rows that masks of a byte each hide elements of. */

/** All bits of the lanes that four bytes hide, the zeros among them. */
@inline
function hidden(mask: usize): v128 {
  const wide = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(mask)));
  return i32x4.eq(wide, i32x4.splat(0));
}

/** y = x, or `fill` where the mask hides; as pymarl and MAPPO do before a softmax. */
@inline
export function masked(x: usize, mask: usize, y: usize, count: i32, fill: f32): void {
  const fills = f32x4.splat(fill);
  for (; count >= 4; count -= 4, x += 16, y += 16, mask += 4) {
    v128.store(y, v128.bitselect(fills, v128.load(x), hidden(mask)));
  }
  for (; count > 0; count--, x += 4, y += 4, mask++) store<f32>(y, load<u8>(mask) ? load<f32>(x) : fill);
}

/** Sets what the mask hides to 0. */
@inline
export function clear(x: usize, mask: usize, count: i32): void {
  for (; count >= 4; count -= 4, x += 16, mask += 4) v128.store(x, v128.andnot(v128.load(x), hidden(mask)));
  for (; count > 0; count--, x += 4, mask++) if (!load<u8>(mask)) store<f32>(x, 0);
}
