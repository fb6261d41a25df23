import Table from 'cli-table3';
import type { Terminal } from './terminal';

const bare = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

// A name from someone's file may hold a line break, or an escape sequence that would drive the terminal.
const printable = (text: string): string => text.replace(/\p{Cc}/gu, ' ');

/** Columns under bold headings; numbers to the right where `right` says so. */
export const renderTable = (
  { columns, rows }: { columns: readonly string[]; rows: readonly (readonly string[])[] },
  { colours }: Pick<Terminal, 'colours'>,
  right: (column: number) => boolean = () => false,
): string => {
  const table = new Table({
    head: columns.map((name) => colours.bold(printable(name))),
    chars: bare,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
    colAligns: columns.map((_, column) => (right(column) ? 'right' : 'left')),
  });
  table.push(...rows.map((cells) => cells.map(printable)));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
};
