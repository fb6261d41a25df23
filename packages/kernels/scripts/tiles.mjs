/**
 * Writes the innermost loops of the matrix product: `rows` x 8 results held in registers. AssemblyScript has no
 * macros, so the text is made here. How it is unrolled decides the speed: V8 sinks arithmetic towards its last use
 * inside a basic block, which spills accumulators as soon as two steps of depth share a block. The build with fused
 * multiply-add therefore has four steps in four blocks, the other one step a loop (each measured the faster).
 * @param {number} rows  results in one column of the tile
 * @param {boolean} blocks  four steps of depth, each in its own basic block
 */
const tile = (rows, blocks) => {
  const each = (text) => Array.from({ length: rows }, (_, row) => text(row)).join('\n  ');
  const step = (offset) =>
    [
      `const left${offset} = v128.load(b, ${offset * 32}), right${offset} = v128.load(b, ${offset * 32 + 16});`,
      each((r) => {
        const value = `x${r}_${offset}`;
        return `const ${value} = v128.load32_splat(a${r}, ${offset * 4});
  l${r} = madd(${value}, left${offset}, l${r}); r${r} = madd(${value}, right${offset}, r${r});`;
      }),
    ].join('\n  ');
  const advance = (bytes) => each((r) => `a${r} += ${bytes};`);
  const grouped = blocks
    ? `for (let group = depth >> 2; group > 0; group--) {
  ${[0, 1, 2, 3].map((s) => `${s ? 'if (depth == 0) break;' : ''}\n  ${step(s)}`).join('\n  ')}
  ${advance('groupStride')}
  b += 128;
  }
  let rest = depth & 3;
  for (; rest > 0; rest--) {
  ${step(0)}
  ${advance(4)}
  b += 32;
  }`
    : `for (; depth > 0; depth--) {
  ${step(0)}
  ${advance('groupStride')}
  b += 32;
  }`;
  return `
/** ${rows} rows: see \`product.ts\` for the arguments. */
export function tile${rows}(
  a: usize, rowStride: usize, groupStride: usize, b: usize, depth: i32,
  start: usize, startStride: usize, c: usize, cStride: usize, floor: v128,
): void {
  ${each((r) => `let a${r} = a + ${r} * rowStride;`)}
  ${each((r) => `let l${r} = v128.load(start + ${r} * startStride), r${r} = v128.load(start + ${r} * startStride, 16);`)}
  ${grouped}
  ${each(
    (r) =>
      `v128.store(c + ${r} * cStride, f32x4.pmax(l${r}, floor)); v128.store(c + ${r} * cStride, f32x4.pmax(r${r}, floor), 16);`,
  )}
}`;
};

/** The text of `tiles.ts` for one build. @param {boolean} relaxed */
export const tiles = (relaxed) =>
  ["import { madd } from './lanes';", ...[1, 2, 4, 6].map((rows) => tile(rows, relaxed))].join('\n');
