/**
 * What this runtime's WebAssembly can do, by asking it to validate the smallest modules that need each feature.
 * Encodings: WebAssembly core specification 2.0, sections 5.4 (instructions) and 5.5 (modules); the proposals
 * "relaxed SIMD" and "threads" for theirs.
 */
const header = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const end = 0x0b;
const zeroVector = [0x41, 0x00, 0xfd, 0x0f]; // i32.const 0, i8x16.splat

/** A module with one function `() -> results` of this body, and a memory where one is given. */
const moduleOf = (results: readonly number[], body: readonly number[], memory: readonly number[] = []) => {
  const type = [0x01, 4 + results.length, 0x01, 0x60, 0x00, results.length, ...results];
  const functions = [0x03, 0x02, 0x01, 0x00];
  const code = [0x0a, body.length + 4, 0x01, body.length + 2, 0x00, ...body, end];
  return Uint8Array.from([...header, ...type, ...functions, ...memory, ...code]);
};

const v128 = [0x7b];
const sharedMemory = [0x05, 0x04, 0x01, 0x03, 0x01, 0x01]; // one page, shared

const modules = {
  /** i8x16.popcnt of a vector. */
  simd: moduleOf(v128, [...zeroVector, 0xfd, 0x62]),
  /** f32x4.relaxed_madd of three vectors. */
  relaxedSimd: moduleOf(v128, [...zeroVector, ...zeroVector, ...zeroVector, 0xfd, 0x85, 0x02]),
  /** atomic.fence beside a shared memory. */
  threads: moduleOf([], [0xfe, 0x03, 0x00], sharedMemory),
} as const;

export type WebAssemblyFeature = keyof typeof modules;

export const webAssemblyFeatures = (): Record<WebAssemblyFeature, boolean> => ({
  simd: WebAssembly.validate(modules.simd),
  relaxedSimd: WebAssembly.validate(modules.relaxedSimd),
  threads: WebAssembly.validate(modules.threads),
});
