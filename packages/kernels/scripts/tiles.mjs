/**
 * Writes the innermost loops of the matrix product: `rows` x 8 results held in registers. AssemblyScript has no
 * macros, so the text is made here. How a loop is unrolled decides its speed: V8 sinks arithmetic towards its last use
 * inside a basic block, which spills accumulators as soon as two steps of depth share a block. So there are three ways
 * of reading the left operand, all with the same arithmetic in the same order (`product.ts` chooses):
 * - `direct`: as it lies in memory, one step of depth a turn;
 * - `packed`: `[depth][row]`, one step a turn;
 * - `grouped`: four steps a turn, each in a basic block of its own, and several tiles a call. The fastest, where V8 has
 *   fused multiply-add without a flag (12 and later); 11 (Node 20) spills both.
 */
const rowCounts = [1, 2, 3, 4, 5, 6];

const parameters = `b: usize, depth: i32,
  start: usize, startStride: usize, c: usize, cStride: usize, rectify: i32`;

/** How each way takes the left operand. */
const left = {
  direct: 'a: usize, rowStride: usize, ',
  packed: 'a: usize, ',
  grouped: 'a: usize, rowStride: usize, groupStride: usize, next: usize, count: i32, ',
};

/**
 * Only a constant is compared with the results at the end: anything else would hold a register through the loop.
 * @param {'direct' | 'packed' | 'grouped'} kind
 */
const tile = (kind, rows) => {
  const each = (text) => Array.from({ length: rows }, (_, row) => text(row)).join('\n  ');
  const step = (offset) => {
    const value = (r) =>
      kind === 'packed' ? `v128.load32_splat(a, ${r * 4})` : `v128.load32_splat(a${r}, ${offset * 4})`;
    return `const left${offset} = v128.load(panel, ${offset * 32}), right${offset} = v128.load(panel, ${offset * 32 + 16});
  ${each(
    (r) => `const x${r}_${offset} = ${value(r)};
  l${r} = madd(x${r}_${offset}, left${offset}, l${r}); r${r} = madd(x${r}_${offset}, right${offset}, r${r});`,
  )}`;
  };
  const advance = (bytes) => each((r) => `a${r} += ${bytes};`);
  const single = (count) => `for (; ${count} > 0; ${count}--) {
  ${step(0)}
  ${kind === 'packed' ? `a += ${rows * 4};` : advance(4)}
  panel += 32;
  }`;
  const loops = {
    direct: single('depth'),
    packed: single('depth'),
    grouped: `for (let group = depth >> 2; group > 0; group--) {
  ${[0, 1, 2, 3].map((s) => `${s ? 'if (depth == 0) break;' : ''}\n  ${step(s)}`).join('\n  ')}
  ${advance('groupStride')}
  panel += 128;
  }
  let rest = depth & 3;
  ${single('rest')}`,
  };
  const store = (r, value) =>
    `v128.store(c + ${r} * cStride, ${value(`l${r}`)}); v128.store(c + ${r} * cStride, ${value(`r${r}`)}, 16);`;
  const body = `let panel = b;
  ${kind === 'packed' ? '' : each((r) => `let a${r} = a + ${r} * rowStride;`)}
  ${each((r) => `let l${r} = v128.load(start + ${r} * startStride), r${r} = v128.load(start + ${r} * startStride, 16);`)}
  ${loops[kind]}
  if (rectify) {
  ${each((r) => store(r, (x) => `f32x4.pmax(${x}, f32x4.splat(0))`))}
  } else {
  ${each((r) => store(r, (x) => x))}
  }`;
  const several = `for (; count > 0; count--) {
  ${body}
  a += next;
  start += ${rows} * startStride;
  c += ${rows} * cStride;
  }`;
  return `
export function ${kind}${rows}(${left[kind]}${parameters}): void {
  ${kind === 'grouped' ? several : body}
}`;
};

const choice = (kind, called, passed) => `
/** A tile of \`rows\` (1 to 6) rows, if grouped \`count\` of them: see \`product.ts\` for the arguments. */
export function ${kind}(rows: i32, ${left[kind]}${parameters}): void {
  ${rowCounts.map((rows) => `if (rows == ${rows}) ${called}${rows}(${passed}, b, depth, start, startStride, c, cStride, rectify);`).join('\n  else ')}
}`;

/** The text of `tiles.ts` for one build; only with fused multiply-add is `grouped` worth its size. @param {boolean} relaxed */
export const tiles = (relaxed) =>
  [
    "import { madd } from './lanes';",
    ...['direct', 'packed', ...(relaxed ? ['grouped'] : [])].flatMap((kind) =>
      rowCounts.map((rows) => tile(kind, rows)),
    ),
    choice('direct', 'direct', 'a, rowStride'),
    choice('packed', 'packed', 'a'),
    relaxed
      ? choice('grouped', 'grouped', 'a, rowStride, groupStride, next, count')
      : choice('grouped', 'direct', 'a, rowStride'),
  ].join('\n');
