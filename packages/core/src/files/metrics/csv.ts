import type { JsonObject } from '../json';
import { scalarsOf } from './record';

/** RFC 4180: quote what holds a comma, a quote or a line break, and double the quotes. */
const field = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** One line of fields; the line ends with CRLF as RFC 4180 has it. */
export const csvLine = (fields: readonly string[]): string => `${fields.map(field).join()}\r\n`;

/** The columns that records need beyond those that there are already, in order of their first appearance. */
export const csvColumns = (
  records: Iterable<JsonObject>,
  columns: readonly string[] = ['step'],
): string[] => {
  const all = new Set(columns);
  for (const record of records) {
    for (const name of scalarsOf(record).keys()) all.add(name);
  }
  return [...all];
};

/** A record's numbers under the columns; empty where it has none. Columns that are missing are left out. */
export const csvRow = (record: JsonObject, columns: readonly string[]): string => {
  const scalars = scalarsOf(record);
  return csvLine(columns.map((column) => String(scalars.get(column) ?? '')));
};

/** A whole table: the columns of all records, then a row for each. */
export const encodeCsv = (records: readonly JsonObject[]): string => {
  const columns = csvColumns(records);
  return [csvLine(columns), ...records.map((record) => csvRow(record, columns))].join('');
};
