import { expect, test } from 'vitest';
import { curveChart } from './curveChart.js';
import { intervalChart } from './intervalChart.js';
import { page } from './page.js';

const name = '<script>alert("&1")</script>';
const curve = { name, steps: [0, 10], value: [1, 2], low: [0, 1], high: [2, 3] };
const charts = [
  curveChart({
    title: name,
    subtitle: name,
    valueName: name,
    panels: [{ title: name, curves: [curve], references: [{ value: 1, label: name }] }],
  }),
  intervalChart({
    title: name,
    valueName: name,
    panels: [{ title: name, intervals: [{ name, low: 0, value: 1, high: 2 }] }],
  }),
];

test('hostile text is escaped wherever it stands', () => {
  const html = page({
    title: name,
    introduction: name,
    sections: [
      {
        title: name,
        blocks: [
          { kind: 'text', text: name },
          { kind: 'table', table: { columns: [name, 'x'], rows: [[name, name]] }, caption: name },
          ...charts.map((svg) => ({ kind: 'chart' as const, svg, caption: name })),
          { kind: 'command', command: name },
          { kind: 'facts', facts: { [name]: name } },
        ],
      },
    ],
  });
  expect(html).not.toContain('<script');
  expect(html).not.toContain('alert("');
  // 14 on the page itself, 7 in the curves, 5 in the intervals: nothing was dropped either.
  expect(html.split('alert(').length - 1).toBe(26);
});

test('is one file that fetches nothing and runs nothing', () => {
  const html = page({
    title: 'Report',
    introduction: 'One.\n\nTwo.',
    sections: [{ title: 'Curves', blocks: charts.map((svg) => ({ kind: 'chart', svg })) }],
  });
  expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
  expect(html).toContain("default-src 'none'");
  expect(html).toContain('<p>One.</p>\n<p>Two.</p>');
  expect(html).not.toMatch(/<(?:link|script|img|iframe|image)|(?:src|href)=|@import/);
  expect(html.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:\/\//);
  expect(html.match(/<svg /g)).toHaveLength(2);
});

test('tables have headings for columns and rows', () => {
  const table = { columns: ['method', 'a'], rows: [['iql', '1.0']] };
  const html = page({ title: 'T', sections: [{ title: 'S', blocks: [{ kind: 'table', table }] }] });
  expect(html).toContain('<th scope="col">method</th><th scope="col">a</th>');
  expect(html).toContain('<tr><th scope="row">iql</th><td>1.0</td></tr>');
});

test('the charts are recoloured in the dark by the values they are drawn with', () => {
  const html = page({ title: 'T', sections: [] });
  expect(html).toContain('svg [fill="#1d232b"] { fill: #e8eaed; }');
  expect(charts[0]).toContain('fill="#1d232b"');
});

test.each([
  ['a script', '<svg><script>x</script></svg>'],
  ['a handler', '<svg onload="x"></svg>'],
  ['a handler on a shape', '<svg><path d="M0 0" onclick="x"></path></svg>'],
  ['a link', '<svg><a href="javascript:x"></a></svg>'],
  ['foreign content', '<svg><foreignObject><b>x</b></foreignObject></svg>'],
  ['a style', '<svg><style>body{}</style></svg>'],
  ['no drawing', '<img src="x">'],
])('refuses a chart with %s', (_, svg) => {
  const blocks = [{ kind: 'chart' as const, svg }];
  expect(() => page({ title: 'T', sections: [{ title: 'S', blocks }] })).toThrow('@murmuration/eval: page');
});
