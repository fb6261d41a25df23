import type { JsonObject } from '../json';
import { scalarsOf } from './record';

/** RFC 4180: quote what holds a comma, a quote or a line break, and double the quotes. */
const field = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const line = (fields: readonly string[]): string => `${fields.map(field).join()}\r\n`;

/**
 * A table of the numbers of all records: `step`, then every other name in the order of its first appearance, so that
 * columns keep their places as a file grows. A record's missing numbers are empty fields.
 */
export const encodeCsv = (records: readonly JsonObject[]): string => {
  const rows = records.map(scalarsOf);
  const columns = [...new Set(['step', ...rows.flatMap((row) => [...row.keys()])])];
  return [columns, ...rows.map((row) => columns.map((column) => String(row.get(column) ?? '')))]
    .map(line)
    .join('');
};
