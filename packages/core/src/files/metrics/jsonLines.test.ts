import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FileError } from '../../errors';
import type { JsonObject } from '../json';
import { encodeJsonLine, parseJsonLines } from './jsonLines';

it('writes one line, with numbers that JSON lacks as strings', () => {
  const record = { step: 1, loss: Number.NaN, inner: { low: Number.NEGATIVE_INFINITY, text: 'a\nb' } };
  expect(encodeJsonLine(record)).toBe('{"step":1,"loss":"NaN","inner":{"low":"-Infinity","text":"a\\nb"}}\n');
  expect(parseJsonLines(encodeJsonLine(record), 'x').map((line) => line.record)).toEqual([record]);
});

const text = '{"step":1}\n\n{"step":2}\r\n{"step":3}\n';

it('passes over a torn last line and nothing else', () => {
  expect(parseJsonLines(`${text}{"st`, 'x').map((line) => line.record.step)).toEqual([1, 2, 3]);
  expect(parseJsonLines(`${text}{"step":4}`, 'x').map((line) => line.record.step)).toEqual([1, 2, 3, 4]);
  expect(parseJsonLines('', 'x')).toEqual([]);
  expect(() => parseJsonLines(`${text}{"st\n`, 'metrics.jsonl')).toThrow(FileError);
  expect(() => parseJsonLines(`{}\n3\n{}`, 'metrics.jsonl')).toThrow(
    'metrics.jsonl: line 2 is not a JSON object',
  );
});

it('gives back what was written, wherever the end is torn off', () => {
  const record = fc.dictionary(fc.string(), fc.oneof(fc.integer(), fc.double(), fc.string(), fc.boolean()), {
    noNullPrototype: true,
  });
  fc.assert(
    fc.property(fc.array(record, { maxLength: 4 }), fc.nat(), (records, cut) => {
      // What JSON itself changes (-0, __proto__) is not at stake.
      const expected = records.map(
        (value): JsonObject => parseJsonLines(encodeJsonLine(value), 'x')[0].record,
      );
      const whole = records.map(encodeJsonLine).join('');
      expect(parseJsonLines(whole, 'x').map((line) => line.record)).toEqual(expected);
      const torn = parseJsonLines(whole.slice(0, cut % (whole.length + 1)), 'x').map((line) => line.record);
      expect(torn).toEqual(expected.slice(0, torn.length));
    }),
  );
});
