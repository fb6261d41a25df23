import { decimalPlaces, formatValue } from './format.js';
import type { ResultRow } from './result.js';

/** A table of text: `columns` are the headings, every row has one text a column. */
export type Table = { columns: readonly string[]; rows: readonly (readonly string[])[] };

/**
 * Method by task: each cell `mean ± standard deviation [low, high]` over seeds, of one metric. Methods and
 * tasks stand in the order in which they first appear; what was not run is `–`; a single seed shows its
 * value alone, as nothing is known of its spread.
 */
export const resultTable = (results: readonly ResultRow[], metric = 'return'): Table => {
  const chosen = results.filter((result) => result.metric === metric);
  const environments = [...new Set(chosen.map((result) => result.environment))];
  const algorithms = [...new Set(chosen.map((result) => result.algorithm))];
  const places = decimalPlaces(chosen.flatMap(({ mean, low, high }) => [mean, low, high]));
  const number = (value: number): string => formatValue(value, places);
  const cell = ({ mean, standardDeviation, low, high, seeds }: ResultRow): string =>
    seeds === 1
      ? number(mean)
      : `${number(mean)} ± ${number(standardDeviation)} [${number(low)}, ${number(high)}]`;
  return {
    columns: ['method', ...environments],
    rows: algorithms.map((algorithm) => [
      algorithm,
      ...environments.map((environment) => {
        const same = chosen.filter(
          (result) => result.algorithm === algorithm && result.environment === environment,
        );
        if (same.length > 1) {
          throw new RangeError(
            `@murmuration/eval: resultTable: ${same.length} results for '${algorithm}' on '${environment}'; give one a cell`,
          );
        }
        return same.length === 1 ? cell(same[0]) : '–';
      }),
    ]),
  };
};

/** GitHub Markdown; first column to the left, the others to the right. */
export const markdownTable = ({ columns, rows }: Table): string => {
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeMarkdown).join(' | ')} |\n`;
  const rule = columns.map((_, index) => (index === 0 ? ':---' : '---:'));
  return `${line(columns)}| ${rule.join(' | ')} |\n${rows.map(line).join('')}`;
};

/** For a terminal: columns padded to equal width, two spaces apart. */
export const textTable = ({ columns, rows }: Table): string => {
  const lines = [columns, ...rows].map((cells) => cells.map(printable));
  const widths = columns.map((_, index) => Math.max(...lines.map((cells) => [...cells[index]].length)));
  const rule = widths.map((width) => '─'.repeat(width));
  return [lines[0], rule, ...lines.slice(1)]
    .map((cells) =>
      cells
        .map((cell, index) => {
          const padding = ' '.repeat(widths[index] - [...cell].length);
          return index === 0 ? cell + padding : padding + cell;
        })
        .join('  ')
        .trimEnd()
        .concat('\n'),
    )
    .join('');
};

// A name from someone's file may hold a line break, or an escape sequence that would drive the terminal.
const printable = (text: string): string => text.replace(/\p{Cc}/gu, ' ');

const escapeMarkdown = (text: string): string => printable(text).replace(/[\\|<>*`&]|\](?=\()/g, '\\$&');
