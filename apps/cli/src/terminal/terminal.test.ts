import { Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { count, duration, metric, metricsLine } from './format';
import { renderTable } from './table';
import { openTerminal } from './terminal';

const stream = (isTTY: boolean) => {
  const written: string[] = [];
  const writable = new Writable({
    write(chunk, _encoding, done) {
      written.push(String(chunk));
      done();
    },
  });
  return {
    stream: Object.assign(writable, { isTTY, columns: 40 }) as unknown as NodeJS.WriteStream,
    written,
  };
};

const open = (json: boolean, isTTY = false) => {
  const [output, error] = [stream(isTTY), stream(isTTY)];
  const terminal = openTerminal(json, { output: output.stream, error: error.stream });
  return { terminal, output, error };
};

describe('a terminal', () => {
  test('with --json keeps standard output for scripts, even from what others print', () => {
    const { terminal, output, error } = open(true);
    terminal.event({ event: 'done', step: 3 });
    terminal.say('hello');
    output.stream.write('from a world\n');
    expect(output.written).toEqual(['{"event":"done","step":3}\n']);
    expect(error.written).toEqual(['hello\n', 'from a world\n']);
  });

  test('without it has no events', () => {
    const { terminal, output } = open(false);
    terminal.event({ event: 'done' });
    terminal.say('hello');
    expect(output.written).toEqual(['hello\n']);
  });

  test('shows progress in one line that the next replaces and text pushes away', () => {
    const { terminal, output, error } = open(false, true);
    terminal.progress('a'.repeat(60));
    terminal.progress('two');
    terminal.say('done');
    expect(error.written).toEqual([`\r\x1b[2K${'a'.repeat(39)}`, '\r\x1b[2Ktwo', '\r\x1b[2K']);
    expect(output.written).toEqual(['done\n']);
  });

  test('that is none writes milestones only', () => {
    const { terminal, error } = open(false);
    terminal.progress('one');
    terminal.progress('two', true);
    expect(error.written).toEqual(['two\n']);
  });
});

test('numbers are short and plain', () => {
  expect([1234567.4, 300, 12.3456, 0.00012346, -1.4e-14, -0.5, Number.NaN].map(metric)).toEqual([
    '1,234,567',
    '300',
    '12.35',
    '0.0001235',
    '0',
    '-0.5',
    'NaN',
  ]);
  expect(count(115000)).toBe('115,000');
  expect([0.4, 59.7, 185, 7620, Number.POSITIVE_INFINITY].map(duration)).toEqual([
    '0 s',
    '1 min 00 s',
    '3 min 05 s',
    '2 h 07 min',
    'unknown',
  ]);
  expect(metricsLine({ return: 12.5, winRate: 0.25 })).toBe('return 12.5, winRate 0.25');
});

test('a table lines up, and what it shows cannot drive the terminal', () => {
  const { terminal } = open(false);
  const rows = [
    ['a\u001b[2J', '1'],
    ['longer', '1,000'],
  ];
  expect(renderTable({ columns: ['NAME', 'VALUE'], rows }, terminal, (column) => column === 1)).toBe(
    'NAME    VALUE\na [2J       1\nlonger  1,000',
  );
});
