import fc from 'fast-check';
import { expect, it } from 'vitest';
import { duplicateKey } from './duplicateKey';

it.each([
  ['{"a":1,"b":{"a":2},"c":[{"a":1},{"a":2}]}', undefined],
  ['{"a":1,"a":2}', 'a'],
  ['{"a":{"b":1,"c":[],"b":2}}', 'b'],
  ['{"a":1, "\\u0061" : 2}', 'a'],
  ['{"\\"":1,"\\\\":2,"\\"":3}', '"'],
  ['["a","a",{"x":"a"}]', undefined],
])('finds the name in %s', (json, expected) => {
  expect(duplicateKey(json)).toBe(expected);
});

it('finds none in what JSON.stringify writes', () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      expect(duplicateKey(JSON.stringify(JSON.parse(json), null, 1))).toBe(undefined);
    }),
  );
});
