import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as library from '../src/index.js';

test('the example of the README runs as it stands', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [imports, ...code] = /```js\n([\s\S]*?)```/.exec(readme)![1].split(/(?<=@murmuration\/eval';)\n/);
  const names = /\{ ([^}]*) \} from '@murmuration\/eval'/.exec(imports)![1].split(', ');
  const written: Record<string, string> = {};
  const example = new Function('writeFileSync', 'process', ...names, code.join('\n'));
  example(
    (path: string, text: string) => {
      written[path] = text;
    },
    {
      stdout: {
        write: (text: string) => {
          written.terminal = text;
        },
      },
    },
    ...names.map((name) => new Map<string, unknown>(Object.entries(library)).get(name)),
  );
  expect(written.terminal).toBe(
    [
      'method               coordination/3',
      '──────  ───────────────────────────',
      'vdn     286.7 ± 15.3 [270.0, 300.0]',
      '',
    ].join('\n'),
  );
  expect(written['report.html']).toContain('</svg>');
});
