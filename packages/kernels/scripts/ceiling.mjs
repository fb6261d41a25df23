/** Accumulators that the ceiling is tried with: enough to hide the latency, few enough to stay in registers. */
export const accumulators = [8, 9, 10, 11, 12, 13, 14];

const loop = (count) => {
  const each = (text) => Array.from({ length: count }, (_, i) => text(i)).join('\n  ');
  return `
/** ${count} accumulators, \`turns\` times \`c = c * a + b\`; the results are stored, so nothing can be left out. */
export function ceiling${count}(at: usize, turns: i32): void {
  const a = v128.load(at), b = v128.load(at, 16);
  ${each((i) => `let c${i} = v128.load(at, ${32 + 16 * i});`)}
  for (; turns > 0; turns--) {
  ${each((i) => `c${i} = madd(c${i}, a, b);`)}
  }
  ${each((i) => `v128.store(at, c${i}, ${32 + 16 * i});`)}
}`;
};

/** The text of `ceiling.ts`: multiply-adds that never leave the registers, the most that the machine can do. */
export const ceiling = () => ["import { madd } from './lanes';", ...accumulators.map(loop)].join('\n');
