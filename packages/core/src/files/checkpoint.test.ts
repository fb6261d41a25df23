import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CheckpointError } from '../errors';
import type { State, StateValue } from '../state';
import { decodeCheckpoint, encodeCheckpoint } from './checkpoint';
import { decodeSafetensors } from './decodeSafetensors';
import { encodeSafetensors } from './encodeSafetensors';
import type { Safetensors } from './safetensors';

const state: State = {
  step: 1200,
  algorithm: 'iqss',
  epsilon: -0,
  best: Number.NaN,
  worst: Number.NEGATIVE_INFINITY,
  done: false,
  nothing: null,
  sizes: [64, [Number.NaN, -0], 'x', []],
  empty: {},
  agents: [
    { network: { weight: { shape: [2, 1], data: Float32Array.of(1, 2) } }, 'network-2': 1 },
    {},
    [Float64Array.of(0.1)],
  ],
  random: { words: BigUint64Array.of(2n ** 64n - 1n), bias: { shape: [1], data: Float32Array.of(3) } },
};

describe('encodeCheckpoint', () => {
  it('names every tensor by its path and writes every scalar as JSON', () => {
    const { tensors, metadata } = decodeSafetensors(encodeCheckpoint(state).tensors);
    expect([...tensors.keys()]).toEqual([
      'agents/0/network/weight',
      'agents/2/0',
      'random/bias',
      'random/words',
    ]);
    expect(Object.fromEntries(metadata)).toEqual({
      step: '1200',
      algorithm: '"iqss"',
      epsilon: '-0.0',
      best: '{"number":"NaN"}',
      worst: '{"number":"-Infinity"}',
      done: 'false',
      nothing: 'null',
      sizes: '[64,[{"number":"NaN"},-0.0],"x",[]]',
      empty: '{"tree":0}',
      agents: '{"list":3}',
      'agents/0/network-2': '1',
      'agents/1': '{"tree":0}',
      'agents/2': '{"list":1}',
      'murmuration:arrays': '["agents/2/0","random/words"]',
      'murmuration:checksum': expect.stringMatching(/^[0-9a-f]{8}$/),
      'murmuration:format': 'checkpoint',
      'murmuration:version': '1',
    });
  });

  it('gives equal bytes for equal states, whatever the order of names and the details', () => {
    const reversed = Object.fromEntries(Object.entries(state).reverse());
    const one = encodeCheckpoint(state, { host: 'a' });
    const other = encodeCheckpoint(reversed, { host: 'b' });
    expect(one.tensors).toEqual(other.tensors);
    expect(JSON.parse(one.metadata)).toEqual({
      format: 'murmuration checkpoint',
      version: 1,
      checksum: expect.stringMatching(/^[0-9a-f]{8}$/),
      host: 'a',
    });
  });

  it.each<[string, unknown, RegExp]>([
    ['a slash in a name', { 'a/b': 1 }, /"a\/b" cannot be saved/],
    ['an empty name', { a: { '': 1 } }, /"a\/" cannot be saved/],
    ['__proto__', JSON.parse('{"__proto__":1}'), /cannot be saved/],
    ['a reserved name', { 'murmuration:x': 1 }, /cannot be saved/],
    ['undefined', { a: undefined }, /"a" is a undefined/],
    ['a bigint in a list', { a: [1n] }, /"a" is a bigint/],
    ['a map', { a: { b: new Map() } }, /"a\/b" is a Map/],
    [
      'a tensor with more',
      { a: { shape: [1], data: new Float32Array(1), name: 'w' } },
      /"a" is a tensor with more/,
    ],
    ['a shape that is wrong', { a: { shape: [2], data: new Float32Array(1) } }, /shape \[2\] but 1 elements/],
  ])('refuses %s', (_, value, message) => {
    expect(() => encodeCheckpoint(value as State)).toThrow(CheckpointError);
    expect(() => encodeCheckpoint(value as State)).toThrow(message);
  });

  it('refuses a state that contains itself', () => {
    const circle: Record<string, StateValue> = {};
    circle.a = circle;
    expect(() => encodeCheckpoint(circle)).toThrow(/nested too deep/);
    const list: StateValue[] = [];
    list.push(list);
    expect(() => encodeCheckpoint({ list })).toThrow(/nested too deep/);
  });
});

const name = fc
  .string({ minLength: 1, maxLength: 6, unit: 'binary' })
  .filter((text) => !/\/|^__proto__$|^murmuration:/.test(text));
const array = fc.oneof(
  fc.float32Array({ maxLength: 5 }),
  fc.float64Array({ maxLength: 5 }),
  fc.int32Array({ maxLength: 5 }),
  fc.uint8Array({ maxLength: 5 }),
  fc.bigInt64Array({ maxLength: 5 }),
);
const { tree } = fc.letrec<{ tree: State; value: StateValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(fc.double(), fc.string(), fc.boolean(), fc.constant(null)),
    array,
    array.map((data) => ({ shape: [1, data.length], data })),
    array.map((data) => ({ shape: [data.length], data })),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('tree'),
  ),
  tree: fc.dictionary(name, tie('value'), { maxKeys: 5, noNullPrototype: true }),
}));

describe('decodeCheckpoint', () => {
  it('gives back the state', () => {
    const read = decodeCheckpoint(encodeCheckpoint(state).tensors);
    expect(read).toStrictEqual(state);
    expect(Object.is(read.epsilon, -0)).toBe(true);
  });

  it('gives back any state, and that state the same bytes', () => {
    fc.assert(
      fc.property(tree, (value) => {
        const { tensors } = encodeCheckpoint(value);
        const read = decodeCheckpoint(tensors);
        expect(read).toStrictEqual(value);
        expect(encodeCheckpoint(read).tensors).toEqual(tensors);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  const bytes = encodeCheckpoint(state).tensors;

  it('notices every cut and every changed byte', () => {
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeCheckpoint(bytes.subarray(0, length))).toThrow(CheckpointError);
    }
    for (let at = 0; at < bytes.length; at++) {
      for (const bit of [1, 0x10, 0x80]) {
        const changed = bytes.slice();
        changed[at] ^= bit;
        expect(() => decodeCheckpoint(changed)).toThrow(CheckpointError);
      }
    }
  });

  const changed = (change: (metadata: Map<string, string>) => void): Uint8Array => {
    const { tensors, metadata } = decodeSafetensors(bytes);
    const edited = new Map(metadata);
    change(edited);
    return encodeSafetensors({ tensors, metadata: edited } satisfies Safetensors);
  };

  it('names what is wrong', () => {
    expect(() => decodeCheckpoint(changed((metadata) => metadata.delete('murmuration:format')))).toThrow(
      /not a checkpoint of Murmuration/,
    );
    expect(() => decodeCheckpoint(changed((metadata) => metadata.set('murmuration:version', '2')))).toThrow(
      /format version "2", but this release reads version 1/,
    );
    expect(() => decodeCheckpoint(changed((metadata) => metadata.set('step', '1201')))).toThrow(
      /checksum differs/,
    );
    expect(() => decodeCheckpoint(changed((metadata) => metadata.delete('murmuration:checksum')))).toThrow(
      /checksum differs/,
    );
  });
});
