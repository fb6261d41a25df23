import { CheckpointError } from '../errors';
import type { ArrayValue } from '../state';
import { duplicateKey } from './duplicateKey';
import {
  type ElementType,
  elementCount,
  elementTypes,
  LARGEST_HEADER,
  METADATA,
  type Safetensors,
  shown,
} from './safetensors';

const damaged = (what: string, cause?: unknown): CheckpointError =>
  new CheckpointError('@murmuration/core', `not a valid safetensors file: ${what}`, { cause });

const parseHeader = (bytes: Uint8Array): object => {
  let json: string;
  let header: unknown;
  try {
    json = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    header = JSON.parse(json);
  } catch (error) {
    throw damaged('its header is not JSON', error);
  }
  if (json[0] !== '{' || typeof header !== 'object' || header === null) {
    throw damaged('its header is not a JSON object');
  }
  const twice = duplicateKey(json);
  if (twice !== undefined) throw damaged(`its header has ${shown(twice)} twice`);
  return header;
};

const parseMetadata = (value: unknown): Map<string, string> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw damaged(`${METADATA} is ${shown(value)}, not an object`);
  }
  return new Map(
    Object.entries(value).map(([name, text]) => {
      if (typeof text !== 'string')
        throw damaged(`${METADATA} ${shown(name)} is ${shown(text)}, not a string`);
      return [name, text];
    }),
  );
};

interface Entry {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

const parseEntry = (name: string, value: unknown): Entry => {
  const wrong = (what: string): CheckpointError => damaged(`tensor ${shown(name)}: ${what}`);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw wrong('its entry is not an object');
  const fields = new Map<string, unknown>(Object.entries(value));
  const [type, shape, offsets] = [fields.get('dtype'), fields.get('shape'), fields.get('data_offsets')];
  if (fields.size !== 3) throw wrong('its entry must have dtype, shape and data_offsets and nothing else');
  if (typeof type !== 'string' || !Object.hasOwn(elementTypes, type)) {
    throw wrong(`dtype ${shown(type)} is none of ${Object.keys(elementTypes).join(', ')}`);
  }
  if (!Array.isArray(shape) || Number.isNaN(elementCount(shape)))
    throw wrong(`${shown(shape)} is not a shape`);
  if (
    !Array.isArray(offsets) ||
    offsets.length !== 2 ||
    !offsets.every((at) => Number.isSafeInteger(at) && at >= 0)
  ) {
    throw wrong(`${shown(offsets)} is not a pair of offsets`);
  }
  const [begin, end] = offsets;
  const needed = elementCount(shape) * elementTypes[type as ElementType].BYTES_PER_ELEMENT;
  if (end - begin !== needed) {
    throw wrong(`shape ${shown(shape)} of ${type} needs ${needed} bytes but its offsets hold ${end - begin}`);
  }
  return { name, type: type as ElementType, shape, begin, end };
};

/**
 * Reads a `.safetensors` file from anywhere: every length, type and offset is checked before anything is allocated,
 * and nothing is allocated that the file is not long enough to hold. The arrays are copies, aligned and apart.
 * @throws CheckpointError that says what is wrong.
 */
export const decodeSafetensors = (file: Uint8Array): Safetensors => {
  if (file.length < 8) throw damaged(`it has only ${file.length} bytes`);
  const length = new DataView(file.buffer, file.byteOffset, 8).getBigUint64(0, true);
  if (length > BigInt(file.length - 8)) {
    throw damaged(
      `its header should have ${length} bytes but ${file.length - 8} follow; it may be cut short`,
    );
  }
  if (length > BigInt(LARGEST_HEADER))
    throw damaged(`its header of ${length} bytes passes the limit of 100 MB`);
  const dataStart = 8 + Number(length);
  const dataLength = file.length - dataStart;

  const fields = new Map<string, unknown>(Object.entries(parseHeader(file.subarray(8, dataStart))));
  const metadata = fields.has(METADATA) ? parseMetadata(fields.get(METADATA)) : new Map<string, string>();
  fields.delete(METADATA);

  const entries = [...fields].map(([name, value]) => parseEntry(name, value));
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end);
  let covered = 0;
  for (const { name, begin, end } of entries) {
    if (begin !== covered) {
      const what = begin < covered ? 'overlaps the one before it' : 'leaves a hole before it';
      throw damaged(`the data of tensor ${shown(name)} ${what}`);
    }
    covered = end;
  }
  if (covered !== dataLength) {
    throw damaged(
      `its tensors need ${covered} bytes of data but ${dataLength} are there; it may be cut short`,
    );
  }

  const tensors = new Map<string, ArrayValue>();
  for (const { name, type, shape, begin, end } of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    // slice on a Buffer would be a view: copy into storage of its own.
    const data = new elementTypes[type](elementCount(shape));
    new Uint8Array(data.buffer).set(file.subarray(dataStart + begin, dataStart + end));
    tensors.set(name, { shape, data });
  }
  return { tensors, metadata };
};
