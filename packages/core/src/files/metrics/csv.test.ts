import { expect, it } from 'vitest';
import type { JsonObject } from '../json';
import { encodeCsv } from './csv';

it('writes a whole table, its columns in the order in which they came', () => {
  const records: JsonObject[] = [
    { loss: Number.NaN, step: 1, text: 'left out', list: [1] },
    { step: 2, metrics: { return: 1e-7 }, done: true },
  ];
  expect(encodeCsv(records)).toBe('step,loss,metrics/return,done\r\n1,NaN,,\r\n2,,1e-7,1\r\n');
  expect(encodeCsv([])).toBe('step\r\n');
});

it('quotes as RFC 4180 does', () => {
  expect(encodeCsv([{ step: 1, 'b,c': 2, 'd"e': 3, 'f\ng': 4 }])).toBe(
    'step,"b,c","d""e","f\ng"\r\n1,2,3,4\r\n',
  );
});
