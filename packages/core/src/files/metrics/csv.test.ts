import { expect, it } from 'vitest';
import type { JsonObject } from '../json';
import { csvColumns, csvLine, csvRow, encodeCsv } from './csv';

it('quotes as RFC 4180 does', () => {
  expect(csvLine(['a', 'b,c', 'd"e', 'f\ng', ''])).toBe('a,"b,c","d""e","f\ng",\r\n');
});

it('keeps its columns in the order in which they came', () => {
  const first = [{ loss: 0.5, step: 1 }];
  const columns = csvColumns(first);
  expect(columns).toEqual(['step', 'loss']);
  expect(csvColumns([{ step: 2, metrics: { 'win,rate': 1 } }], columns)).toEqual([
    'step',
    'loss',
    'metrics/win,rate',
  ]);
  expect(csvRow({ step: 3, note: 'x', other: 1 }, columns)).toBe('3,\r\n');
});

it('writes a whole table', () => {
  const records: JsonObject[] = [
    { step: 1, loss: Number.NaN, text: 'left out', list: [1] },
    { step: 2, metrics: { return: 1e-7 }, done: true },
  ];
  expect(encodeCsv(records)).toBe('step,loss,metrics/return,done\r\n1,NaN,,\r\n2,,1e-7,1\r\n');
  expect(encodeCsv([])).toBe('step\r\n');
});
