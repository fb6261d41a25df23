import { expect, it } from 'vitest';
import { CheckpointError } from '../errors';
import { unflattenState } from './flatState';

// A hostile file can have a right checksum, so that what no state flattens to must be refused here.
it.each<[string, Record<string, string>, RegExp]>([
  ['a value below a value', { a: '1', 'a/b': '2' }, /"a\/b" lies below a value/],
  ['text that is not JSON', { a: '{' }, /"a" is not JSON/],
  ['an unknown marker', { a: '{"constructor":1}' }, /unknown JSON object/],
  ['an unknown number', { a: '[{"number":"1"}]' }, /unknown JSON object/],
  ['a list that lacks items', { a: '{"list":4294967295}' }, /list of 4294967295 but has 0/],
  ['a list with other names', { a: '{"list":1}', 'a/00': '1' }, /lacks 0/],
  ['__proto__ as a name', { 'a/__proto__/polluted': '1' }, /cannot be saved/],
  ['an empty name', { 'a//b': '1' }, /cannot be saved/],
  ['a path without end', { [Array(100_000).fill('a').join('/')]: '1' }, /nested too deep/],
  ['a list without end', { a: `${'['.repeat(100_000)}${']'.repeat(100_000)}` }, /nested too deep|not JSON/],
  ['arrays that are no list', { 'murmuration:arrays': 'x' }, /"murmuration:arrays" is not JSON/],
])('refuses %s', (_, metadata, message) => {
  const read = () => unflattenState({ tensors: new Map(), metadata: new Map(Object.entries(metadata)) });
  expect(read).toThrow(CheckpointError);
  expect(read).toThrow(message);
  expect(({} as { polluted?: unknown }).polluted).toBe(undefined);
});

it('refuses a tensor and a scalar under one name', () => {
  const tensors = new Map([['a', { shape: [1], data: Float32Array.of(1) }]]);
  expect(() => unflattenState({ tensors, metadata: new Map([['a', '1']]) })).toThrow(/"a" is there twice/);
});
