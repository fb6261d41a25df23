/** y = `times` copies of each of `outer` blocks of x, one after the other. */
export function tile(x: usize, y: usize, outer: i32, bytes: usize, times: i32): void {
  for (; outer > 0; outer--, x += bytes) {
    if (bytes == 4) {
      const value = load<u32>(x);
      for (let i = times; i > 0; i--, y += 4) store<u32>(y, value);
    } else {
      for (let i = times; i > 0; i--, y += bytes) memory.copy(y, x, bytes);
    }
  }
}
