import type { Ceilings } from './wasm/exports.js';
import { fast } from './wasm/fast.js';

/** How many accumulators are tried: enough to hide the latency, few enough to stay in registers. */
const accumulators = [8, 9, 10, 11, 12, 13, 14];
const [turns, lanes] = [20_000, 4];

/**
 * The most that the installed build can do on this machine, for benchmarks: floating-point operations a second
 * (a multiply-add is two) of multiply-adds that never leave the registers. Takes under a millisecond; the best of
 * several calls counts.
 * @throws before `install`
 */
export const ceiling = (): number => {
  const instance = fast();
  if (!instance) throw new Error('@murmuration/kernels: await install() before measuring its ceiling');
  const loops = instance.kernels as unknown as Ceilings;
  const at = instance.scratch(1024);
  // c = c / 2 + 1 stays near 2: neither denormal nor infinite.
  const values = new Float32Array(instance.backend.wasm.asm.memory.buffer, at, 64).fill(1);
  values.fill(0.5, 0, 4);
  return Math.max(
    ...accumulators.map((count) => {
      const begin = performance.now();
      loops[`ceiling${count}`](at, turns);
      return (2 * lanes * count * turns * 1000) / (performance.now() - begin);
    }),
  );
};
