import { CheckpointError } from '../errors';
import type { ArrayValue, TypedArray } from '../state';
import {
  type ElementType,
  elementCount,
  elementTypes,
  LARGEST_HEADER,
  METADATA,
  type Safetensors,
  shown,
} from './safetensors';

const typeOf = (name: string, data: TypedArray): ElementType => {
  for (const [type, arrayType] of Object.entries(elementTypes)) {
    if (data instanceof arrayType) return type as ElementType;
  }
  throw new CheckpointError(
    '@murmuration/core',
    `tensor ${shown(name)} is a ${(data as TypedArray).constructor.name}, which safetensors cannot hold; use another typed array`,
  );
};

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

/** Tensors in the order of their data: larger elements first keeps each aligned, as the reference does, then by name. */
const inDataOrder = (tensors: ReadonlyMap<string, ArrayValue>): [string, ArrayValue][] =>
  [...tensors].sort(byName).sort(([, a], [, b]) => b.data.BYTES_PER_ELEMENT - a.data.BYTES_PER_ELEMENT);

/**
 * The first bytes of the file, up to the data: length and header, padded with spaces so that the data starts
 * at a multiple of 8. Names are sorted: equal content gives equal bytes.
 */
export const encodeSafetensorsHeader = ({ tensors, metadata }: Safetensors): Uint8Array => {
  const entries = new Map<string, object>();
  let offset = 0;
  for (const [name, { shape, data }] of inDataOrder(tensors)) {
    if (name === METADATA || elementCount(shape) !== data.length) {
      throw new CheckpointError(
        '@murmuration/core',
        name === METADATA
          ? `a tensor cannot be called ${METADATA}; choose another name`
          : `tensor ${shown(name)} has shape [${shape}] but ${data.length} elements; make them agree`,
      );
    }
    const end = offset + data.byteLength;
    entries.set(name, { dtype: typeOf(name, data), shape: [...shape], data_offsets: [offset, end] });
    offset = end;
  }
  // Written by hand because an object would move names like "10" to the front and could not hold "__proto__".
  const strings = [...metadata]
    .sort(byName)
    .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  const members = [...entries]
    .sort(byName)
    .map(([name, entry]) => `${JSON.stringify(name)}:${JSON.stringify(entry)}`);
  if (strings.length > 0) members.unshift(`"${METADATA}":{${strings.join()}}`);
  const json = new TextEncoder().encode(`{${members.join()}}`);
  const length = Math.ceil(json.length / 8) * 8;
  if (length > LARGEST_HEADER) {
    throw new CheckpointError(
      '@murmuration/core',
      `${length} bytes of names and metadata; safetensors allows 100 MB`,
    );
  }
  const header = new Uint8Array(8 + length).fill(0x20);
  new DataView(header.buffer).setBigUint64(0, BigInt(length), true);
  header.set(json, 8);
  return header;
};

/** Equal values, equal bytes: which of the many NaNs a computation leaves depends on the engine. */
const unifyNaN = (data: Float32Array | Float64Array): void => {
  for (let index = 0; index < data.length; index++) {
    if (Number.isNaN(data[index])) data[index] = Number.NaN;
  }
};

/**
 * Writes a `.safetensors` file. The bytes depend on the content alone, not on the order of the maps.
 * @throws CheckpointError for a shape that is not its data's, or a typed array that the format lacks.
 */
export const encodeSafetensors = (content: Safetensors): Uint8Array => {
  const header = encodeSafetensorsHeader(content);
  const ordered = inDataOrder(content.tensors);
  const size = ordered.reduce((total, [, { data }]) => total + data.byteLength, header.length);
  const file = new Uint8Array(size);
  file.set(header);
  let offset = header.length;
  for (const [, { data }] of ordered) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    // Aligned: the data starts at a multiple of 8 and larger elements come first.
    if (data instanceof Float32Array) unifyNaN(new Float32Array(file.buffer, offset, data.length));
    else if (data instanceof Float64Array) unifyNaN(new Float64Array(file.buffer, offset, data.length));
    offset += data.byteLength;
  }
  return file;
};
