/** Rows picked by index, and rows added up by index. Elements of four bytes, indices int32. */

/**
 * y[b][o][i] = x[b][o][indices[b][i]], each `bytes` long.
 * @returns the position of the first index out of range, or -1; nothing is written then
 */
export function gather(
  x: usize,
  indices: usize,
  y: usize,
  batch: i32,
  outer: i32,
  length: i32,
  picked: i32,
  bytes: usize,
): i32 {
  for (let i = 0; i < batch * picked; i++) {
    if (load<u32>(indices + (i << 2)) >= <u32>length) return i;
  }
  for (let b = 0; b < batch; b++) {
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < picked; i++) {
        const from = x + load<u32>(indices + (i << 2)) * bytes;
        if (bytes == 4) store<u32>(y, load<u32>(from));
        else memory.copy(y, from, bytes);
        y += bytes;
      }
      x += length * bytes;
    }
    indices += (<usize>picked) << 2;
  }
  return -1;
}

/** y[ids[i]] += x[i], float32 rows of `inner`; y is cleared first, and ids outside `[0, segments)` are left out. */
export function segmentSum(x: usize, ids: usize, rows: i32, inner: i32, y: usize, segments: i32): void {
  memory.fill(y, 0, (<usize>segments * inner) << 2);
  for (; rows > 0; rows--, ids += 4) {
    const id = load<u32>(ids);
    if (id < <u32>segments) {
      let to = y + ((<usize>id * inner) << 2);
      let from = x;
      let j = inner;
      for (; j >= 4; j -= 4, from += 16, to += 16) v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
      for (; j > 0; j--, from += 4, to += 4) store<f32>(to, load<f32>(to) + load<f32>(from));
    }
    x += (<usize>inner) << 2;
  }
}
