import type { ArrayValue } from '../state';

// The format: https://github.com/huggingface/safetensors#format. Numbers are little-endian there, and so is every
// platform that runs JavaScript today, so that the bytes of a typed array are the bytes of the file.

export const elementTypes = {
  F64: Float64Array,
  F32: Float32Array,
  I64: BigInt64Array,
  I32: Int32Array,
  I16: Int16Array,
  I8: Int8Array,
  U64: BigUint64Array,
  U32: Uint32Array,
  U16: Uint16Array,
  U8: Uint8Array,
} as const;

export type ElementType = keyof typeof elementTypes;

/** The content of a `.safetensors` file. Maps, because a file may call a tensor `__proto__`. */
export interface Safetensors {
  readonly tensors: ReadonlyMap<string, ArrayValue>;
  /** The strings under `__metadata__`. */
  readonly metadata: ReadonlyMap<string, string>;
}

/** The limit of the reference implementation (safetensors/src/tensor.rs, MAX_HEADER_SIZE). */
export const LARGEST_HEADER = 100_000_000;

/** The name under which the header keeps strings. */
export const METADATA = '__metadata__';

/** A value for an error message. */
export const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
};

/** The product of a shape, or NaN where it is not a shape or passes 2⁵³. */
export const elementCount = (shape: readonly unknown[]): number => {
  let count = 1;
  for (const size of shape) {
    if (!Number.isSafeInteger(size) || (size as number) < 0) return Number.NaN;
    count *= size as number;
    if (!Number.isSafeInteger(count)) return Number.NaN;
  }
  return count;
};
