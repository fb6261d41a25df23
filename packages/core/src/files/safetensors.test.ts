import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CheckpointError } from '../errors';
import type { ArrayValue } from '../state';
import { decodeSafetensors } from './decodeSafetensors';
import { encodeSafetensors } from './encodeSafetensors';

const file = (header: string, data: Uint8Array = new Uint8Array()): Uint8Array => {
  const json = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + json.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(data, 8 + json.length);
  return bytes;
};

const tensors: [string, ArrayValue][] = [
  ['weight', { shape: [2, 2], data: Float32Array.of(1, -0, Number.NaN, Number.NEGATIVE_INFINITY) }],
  ['10', { shape: [], data: Float64Array.of(0.1) }],
  ['9', { shape: [3], data: Uint8Array.of(1, 2, 255) }],
  ['__proto__', { shape: [2], data: BigInt64Array.of(-(2n ** 63n), 2n ** 53n + 1n) }],
  ['count', { shape: [1, 1], data: Uint32Array.of(0xffffffff) }],
  ['nothing', { shape: [0, 5], data: new Int32Array() }],
  ['small', { shape: [1], data: Int16Array.of(-2) }],
];
const metadata = new Map([
  ['step', '12'],
  ['__proto__', 'é"\n'],
]);
const bytes = encodeSafetensors({ tensors: new Map(tensors), metadata });

describe('encodeSafetensors', () => {
  it('writes what the format says, to the byte', () => {
    const written = encodeSafetensors({
      tensors: new Map([['b', { shape: [2], data: Float32Array.of(1, 0.5) }]]),
      metadata: new Map(),
    });
    const header = '{"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}';
    const expected = file(header.padEnd(56), Uint8Array.of(0, 0, 0x80, 0x3f, 0, 0, 0, 0x3f));
    expect(written).toEqual(expected);
  });

  it('gives the same bytes in whatever order the content comes', () => {
    const again = encodeSafetensors({
      tensors: new Map([...tensors].reverse()),
      metadata: new Map([...metadata].reverse()),
    });
    expect(again).toEqual(bytes);
  });

  it('gives the same bytes for every NaN', () => {
    const one = new Float32Array(Uint32Array.of(0x7fc00000).buffer);
    const other = new Float32Array(Uint32Array.of(0xffc00001).buffer);
    const [a, b] = [one, other].map((data) =>
      encodeSafetensors({ tensors: new Map([['x', { shape: [1], data }]]), metadata: new Map() }),
    );
    expect(a).toEqual(b);
  });

  it('is read by a parser that shares nothing with ours', () => {
    const view = new DataView(bytes.buffer);
    const length = Number(view.getBigUint64(0, true));
    expect((8 + length) % 8).toBe(0);
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
    expect(Object.keys(header).sort()).toEqual(
      ['10', '9', '__metadata__', '__proto__', 'count', 'nothing', 'small', 'weight'].sort(),
    );
    const at = (name: string) => 8 + length + header[name].data_offsets[0];
    expect(header.weight.dtype).toBe('F32');
    expect(view.getFloat32(at('weight'), true)).toBe(1);
    expect(view.getFloat32(at('weight') + 12, true)).toBe(Number.NEGATIVE_INFINITY);
    expect(view.getFloat64(at('10'), true)).toBe(0.1);
    expect(view.getInt16(at('small'), true)).toBe(-2);
    expect(header['9']).toEqual({ dtype: 'U8', shape: [3], data_offsets: [46, 49] });
    expect(header.nothing.shape).toEqual([0, 5]);
    expect(bytes.length).toBe(8 + length + 49);
  });

  it('refuses a shape that is not its data, and the reserved name', () => {
    const write = (name: string, value: ArrayValue) => () =>
      encodeSafetensors({ tensors: new Map([[name, value]]), metadata: new Map() });
    expect(write('x', { shape: [2, 2], data: new Float32Array(3) })).toThrow(
      /"x" has shape \[2,2\] but 3 elements/,
    );
    expect(write('__metadata__', { shape: [], data: new Float32Array(1) })).toThrow(CheckpointError);
    const clamped = new Uint8ClampedArray(1) as unknown as Uint8Array;
    expect(write('x', { shape: [1], data: clamped })).toThrow(
      /Uint8ClampedArray, which safetensors cannot hold/,
    );
  });
});

describe('decodeSafetensors', () => {
  it('gives back what was written', () => {
    const read = decodeSafetensors(bytes);
    expect(read.metadata).toEqual(metadata);
    expect(read.tensors).toEqual(new Map(tensors));
    expect(Object.is(read.tensors.get('weight')?.data[1], -0)).toBe(true);
  });

  it('reads from the middle of a larger buffer, misaligned, into arrays of their own', () => {
    const larger = new Uint8Array(bytes.length + 3);
    larger.set(bytes, 3);
    const read = decodeSafetensors(larger.subarray(3));
    larger.fill(0);
    expect(read.tensors).toEqual(new Map(tensors));
  });

  it('reads tensors in any order, spaces in the header and no metadata', () => {
    const header =
      ' {"b":{"shape":[1],"dtype":"U8","data_offsets":[1,2]}, "a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}} ';
    const read = decodeSafetensors(file(header.slice(1), Uint8Array.of(7, 8)));
    expect([...read.tensors]).toEqual([
      ['a', { shape: [1], data: Uint8Array.of(7) }],
      ['b', { shape: [1], data: Uint8Array.of(8) }],
    ]);
  });

  const one = (entry: string) => `{"a":${entry}}`;
  it.each<[string, string, number, RegExp]>([
    ['no JSON', '{"a":', 0, /header is not JSON/],
    ['a list', '[]', 0, /not a JSON object/],
    ['a space first', ' {}', 0, /not a JSON object/],
    ['the same name twice', '{"a":1,"a":1}', 0, /"a" twice/],
    ['metadata that is a number', '{"__metadata__":3}', 0, /__metadata__ is 3/],
    ['metadata that holds a number', '{"__metadata__":{"step":3}}', 0, /"step" is 3, not a string/],
    ['an entry that is null', one('null'), 0, /entry is not an object/],
    ['an entry with more', one('{"dtype":"U8","shape":[],"data_offsets":[0,1],"x":1}'), 1, /nothing else/],
    [
      'an unknown dtype',
      one('{"dtype":"toString","shape":[],"data_offsets":[0,1]}'),
      1,
      /dtype "toString" is none/,
    ],
    [
      'a negative size',
      one('{"dtype":"U8","shape":[-1,-1],"data_offsets":[0,1]}'),
      1,
      /\[-1,-1\] is not a shape/,
    ],
    ['a broken size', one('{"dtype":"U8","shape":[0.5,2],"data_offsets":[0,1]}'), 1, /is not a shape/],
    ['a size as text', one('{"dtype":"U8","shape":["1"],"data_offsets":[0,1]}'), 1, /is not a shape/],
    [
      'an enormous shape',
      one('{"dtype":"U8","shape":[4294967296,4294967296,0],"data_offsets":[0,0]}'),
      0,
      /is not a shape/,
    ],
    [
      'a shape of other size',
      one('{"dtype":"F32","shape":[1],"data_offsets":[0,1]}'),
      1,
      /needs 4 bytes but its offsets hold 1/,
    ],
    ['offsets backwards', one('{"dtype":"U8","shape":[1],"data_offsets":[1,0]}'), 1, /needs 1 bytes/],
    ['one offset', one('{"dtype":"U8","shape":[1],"data_offsets":[0]}'), 1, /not a pair of offsets/],
    [
      'offsets past the end',
      one('{"dtype":"U8","shape":[9],"data_offsets":[0,9]}'),
      1,
      /need 9 bytes of data but 1 are there/,
    ],
    [
      'bytes too many',
      one('{"dtype":"U8","shape":[1],"data_offsets":[0,1]}'),
      2,
      /need 1 bytes of data but 2/,
    ],
    ['a hole', one('{"dtype":"U8","shape":[1],"data_offsets":[1,2]}'), 2, /leaves a hole/],
    [
      'an overlap',
      '{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}',
      3,
      /"b" overlaps/,
    ],
  ])('refuses %s', (_, header, length, message) => {
    const read = () => decodeSafetensors(file(header, new Uint8Array(length)));
    expect(read).toThrow(CheckpointError);
    expect(read).toThrow(message);
  });

  it('refuses a file without a whole length, a header that passes the end and one that is not UTF-8', () => {
    expect(() => decodeSafetensors(new Uint8Array(7))).toThrow(/only 7 bytes/);
    expect(() => decodeSafetensors(new Uint8Array(16).fill(255))).toThrow(
      /18446744073709551615 bytes but 8 follow/,
    );
    expect(() => decodeSafetensors(Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0xff))).toThrow(/not JSON/);
  });

  it('does not let a name reach the prototype of objects', () => {
    const hostile =
      '{"__proto__":{"dtype":"U8","shape":[],"data_offsets":[0,1]},"__metadata__":{"__proto__":"x"}}';
    expect(decodeSafetensors(file(hostile, Uint8Array.of(1))).tensors.get('__proto__')?.shape).toEqual([]);
    expect(({} as { dtype?: unknown }).dtype).toBe(undefined);
  });

  it('meets cut and changed files with its own error or a whole answer', () => {
    const sizes = (content: Uint8Array) => {
      const { tensors: read } = decodeSafetensors(content);
      return [...read.values()].reduce((total, { data }) => total + data.byteLength, 0);
    };
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), (length) => {
        expect(() => decodeSafetensors(bytes.subarray(0, length))).toThrow(CheckpointError);
      }),
      { seed: 1, numRuns: 300 },
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        (changes) => {
          const changed = bytes.slice();
          for (const [at, value] of changes) changed[at] = value;
          try {
            expect(sizes(changed)).toBeLessThanOrEqual(changed.length);
          } catch (error) {
            expect(error).toBeInstanceOf(CheckpointError);
          }
        },
      ),
      { seed: 1, numRuns: 2000 },
    );
  });
});
