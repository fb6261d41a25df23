/**
 * Matrix products. Blocking after Goto and van de Geijn, "Anatomy of high-performance matrix multiplication" (2008):
 * a block of the right operand is packed once and stays in the second-level cache, a few rows of the left one and one
 * panel of the right one stay in the first, and a tile of 6 x 8 results stays in registers.
 */
import { packLeft, packLeftTransposed } from './packLeft';
import { packRight, packRightTransposed } from './packRight';
import { direct as directTile, grouped as groupedTiles, packed as packedTile } from './tiles';

const DEPTH: i32 = 256;
const COLUMNS: i32 = 512;
const ROWS: i32 = 18;
/** Bytes at the head of the scratch memory: a tile for the last columns, then the packed rows. */
const EDGE: usize = 256;
const LEFT: usize = EDGE + ROWS * DEPTH * 4;

/** Bytes of scratch memory that `multiply` needs. */
export function multiplyScratch(): usize {
  return LEFT + DEPTH * COLUMNS * 4;
}

/** Rows of the next tile: tall ones first, but two of four rather than one of six and a low one, which waits for itself. */
@inline
function tileRows(left: i32): i32 {
  return left == 7 || left == 8 ? 4 : min(left, 6);
}

/** How many tiles of six rows come first. */
@inline
function tallTiles(left: i32): i32 {
  const over = left % 6;
  return left / 6 - i32((over == 1 || over == 2) && left > 6);
}

@inline
function wholePanels(columns: i32): i32 {
  return (columns + 7) & ~7;
}

/** Bytes that a right operand `[k, n]` takes once `packWhole` has packed it. */
export function packedWhole(n: i32, k: i32): usize {
  return (<usize>wholePanels(n) * k) << 2;
}

/** Packs a right operand that several products read, block by block as `multiply` takes them. */
export function packWhole(b: usize, bStride: usize, transposeB: i32, n: i32, k: i32, to: usize): void {
  for (let column = 0; column < n; column += COLUMNS) {
    const columns = min(COLUMNS, n - column);
    for (let first = 0; first < k; first += DEPTH) {
      const depth = min(DEPTH, k - first);
      packBlock(b, bStride, transposeB, column, columns, first, depth, to);
      to += packedWhole(columns, depth);
    }
  }
}

function packBlock(
  b: usize, bStride: usize, transposeB: i32, column: i32, columns: i32, first: i32, depth: i32, to: usize,
): void {
  if (transposeB) packRightTransposed(b + column * bStride + (first << 2), bStride, columns, depth, to);
  else packRight(b + first * bStride + (column << 2), bStride, columns, depth, to);
}

/** Whether tiles take four steps of depth a turn; set once, before the first product. */
let grouped: bool = false;

/** Chooses how the tiles are unrolled: `scripts/tiles.mjs` says which machine wants which. */
export function setGrouped(on: i32): void {
  grouped = on != 0 && ASC_FEATURE_RELAXED_SIMD;
}

/** Bytes that packed rows take. */
@inline
function packedSize(rows: i32, depth: i32): usize {
  return (<usize>(grouped ? (depth + 3) & ~3 : depth) * rows) << 2;
}

/** `count` tiles, one below the other; `rowStride` 0 says that the rows are packed. */
function tiles(
  rows: i32, a: usize, rowStride: usize, b: usize, depth: i32,
  start: usize, startStride: usize, c: usize, cStride: usize, rectify: i32, count: i32,
): void {
  const next: usize = rowStride ? rows * rowStride : packedSize(rows, depth);
  if (grouped) {
    const inRow: usize = rowStride ? rowStride : 16;
    const group: usize = rowStride ? 16 : <usize>rows << 4;
    groupedTiles(rows, a, inRow, group, next, count, b, depth, start, startStride, c, cStride, rectify);
    return;
  }
  for (; count > 0; count--) {
    if (rowStride) directTile(rows, a, rowStride, b, depth, start, startStride, c, cStride, rectify);
    else packedTile(rows, a, b, depth, start, startStride, c, cStride, rectify);
    a += next;
    start += rows * startStride;
    c += rows * cStride;
  }
}

/** A tile with fewer than 8 columns: computed in scratch memory, then copied. */
function edgeTile(
  rows: i32, columns: i32, a: usize, rowStride: usize, b: usize, depth: i32,
  start: usize, startStride: usize, c: usize, cStride: usize, rectify: i32, scratch: usize,
): void {
  for (let row = 0; row < rows; row++) {
    for (let j = 0; j < 8; j++) {
      const value: f32 = start != 0 && j < columns ? load<f32>(start + row * startStride + (j << 2)) : 0;
      store<f32>(scratch + (row << 5) + (j << 2), value);
    }
  }
  tiles(rows, a, rowStride, b, depth, scratch, 32, scratch, 32, rectify, 1);
  for (let row = 0; row < rows; row++) {
    for (let j = 0; j < columns; j++) store<f32>(c + row * cStride + (j << 2), load<f32>(scratch + (row << 5) + (j << 2)));
  }
}

/**
 * `c[m, n] = start + op(a)[m, k] op(b)[k, n]`, float32, strides in bytes; with `rectify`, 0 where that is below 0.
 * @param bStride  0 says that `packWhole` has packed b
 * @param start  0 for nothing, else a row `[n]` (`startStride` 0) or a matrix `[m, n]` that may be `c` itself
 */
export function multiply(
  a: usize, aStride: usize, transposeA: i32, b: usize, bStride: usize, transposeB: i32,
  c: usize, cStride: usize, m: i32, n: i32, k: i32, start: usize, startStride: usize, rectify: i32, scratch: usize,
): void {
  const zeros = scratch + 192;
  v128.store(zeros, f32x4.splat(0));
  v128.store(zeros, f32x4.splat(0), 16);
  const packedLeft = scratch + EDGE;
  let right = bStride ? scratch + LEFT : b;
  for (let column = 0; column < n; column += COLUMNS) {
    const columns = min(COLUMNS, n - column);
    let first = 0;
    do {
      const depth = min(DEPTH, k - first);
      const last = first + depth >= k;
      const bound = last ? rectify : 0;
      if (bStride) packBlock(b, bStride, transposeB, column, columns, first, depth, right);
      // What is added to: the start for the first block of depth, the sum so far for the others.
      const from = first == 0 ? (start ? start + (column << 2) : 0) : c + (column << 2);
      const fromStride = first == 0 ? startStride : cStride;
      // Packing pays when many panels read the rows; the tiles that take four steps read short rows as well in place.
      const direct = !transposeA && (columns <= 16 || (grouped && k <= DEPTH));
      for (let block = 0; block < m; block += ROWS) {
        const end = min(block + ROWS, m);
        if (!direct) {
          let at = packedLeft;
          for (let row = block; row < end; ) {
            const rows = tileRows(end - row);
            if (transposeA) packLeftTransposed(a + first * aStride + (row << 2), aStride, rows, depth, at, grouped);
            else packLeft(a + row * aStride + (first << 2), aStride, rows, depth, at, grouped);
            at += packedSize(rows, depth);
            row += rows;
          }
        }
        for (let j = 0; j < columns; j += 8) {
          const panel = right + (j >> 3) * (<usize>depth << 5);
          let at = packedLeft;
          for (let row = block; row < end; ) {
            const rows = tileRows(end - row);
            const edge = j + 8 > columns;
            const count = edge || rows < 6 ? 1 : tallTiles(end - row);
            const left = direct ? a + row * aStride + (first << 2) : at;
            const rowStride: usize = direct ? aStride : 0;
            const to = c + row * cStride + (<usize>(column + j) << 2);
            const begin = from ? from + row * fromStride + (j << 2) : 0;
            if (edge) {
              edgeTile(
                rows, columns - j, left, rowStride, panel, depth, begin, fromStride, to, cStride, bound, scratch,
              );
            } else {
              tiles(
                rows, left, rowStride, panel, depth, begin ? begin : zeros, begin ? fromStride : 0, to, cStride, bound,
                count,
              );
            }
            at += count * packedSize(rows, depth);
            row += count * rows;
          }
        }
      }
      if (!bStride) right += packedWhole(columns, depth);
      first += depth;
    } while (first < k);
  }
}

/** As `multiply`, for a batch of matrices; a batch stride of 0 repeats an operand. */
export function multiplyBatch(
  batch: i32, aBatch: usize, bBatch: usize, cBatch: usize,
  a: usize, aStride: usize, transposeA: i32, b: usize, bStride: usize, transposeB: i32,
  c: usize, cStride: usize, m: i32, n: i32, k: i32, start: usize, startStride: usize, rectify: i32, scratch: usize,
): void {
  for (; batch > 0; batch--) {
    multiply(a, aStride, transposeA, b, bStride, transposeB, c, cStride, m, n, k, start, startStride, rectify, scratch);
    a += aBatch;
    b += bBatch;
    c += cBatch;
  }
}
