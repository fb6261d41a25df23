import { escapeMarkup } from './markup.js';
import { stylesheet } from './stylesheet.js';
import type { Table } from './table.js';

/** A piece of a section, shown in the order given. */
export type Block =
  /** A paragraph; an empty line in it begins another. */
  | { kind: 'text'; text: string }
  | { kind: 'table'; table: Table; caption?: string }
  /** `svg` as {@link curveChart} and {@link intervalChart} return it. */
  | { kind: 'chart'; svg: string; caption?: string }
  /** The exact command that made what is shown, ready to be copied. */
  | { kind: 'command'; command: string }
  /** Names and values: versions, seeds, the machine. */
  | { kind: 'facts'; facts: Readonly<Record<string, string | number>> };

export type Section = { title: string; blocks: readonly Block[] };

export type PageOptions = { title: string; introduction?: string; sections: readonly Section[] };

/**
 * One self-contained HTML file: style and charts inside, nothing fetched, no script (and a content security
 * policy that forbids any). Light, dark and printed. All text is escaped, wherever it came from.
 */
export const page = ({ title, introduction, sections }: PageOptions): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeMarkup(title)}</title>
<style>
${stylesheet}</style>
</head>
<body>
<main>
<header>
<h1>${escapeMarkup(title)}</h1>
${introduction ? paragraphs(introduction) : ''}</header>
${sections.map(section).join('')}</main>
</body>
</html>
`;

const section = ({ title, blocks }: Section): string =>
  `<section>\n<h2>${escapeMarkup(title)}</h2>\n${blocks.map(block).join('')}</section>\n`;

const block = (content: Block): string => {
  switch (content.kind) {
    case 'text':
      return paragraphs(content.text);
    case 'table':
      return figure(`<div class="wide">${table(content.table)}</div>`, content.caption);
    case 'chart':
      return figure(`<div class="wide">${checked(content.svg)}</div>`, content.caption);
    case 'command':
      return `<pre><code>${escapeMarkup(content.command)}</code></pre>\n`;
    case 'facts':
      return `<dl>\n${Object.entries(content.facts)
        .map(([name, value]) => `<dt>${escapeMarkup(name)}</dt><dd>${escapeMarkup(String(value))}</dd>\n`)
        .join('')}</dl>\n`;
  }
};

const paragraphs = (text: string): string =>
  text
    .split(/\n\s*\n/)
    .map((paragraph) => `<p>${escapeMarkup(paragraph.trim())}</p>\n`)
    .join('');

const figure = (content: string, caption?: string): string =>
  `<figure>\n${content}\n${caption ? `<figcaption>${escapeMarkup(caption)}</figcaption>\n` : ''}</figure>\n`;

const table = ({ columns, rows }: Table): string => {
  const head = columns.map((name) => `<th scope="col">${escapeMarkup(name)}</th>`).join('');
  const body = rows.map(
    ([name, ...cells]) =>
      `<tr><th scope="row">${escapeMarkup(name)}</th>${cells.map((cell) => `<td>${escapeMarkup(cell)}</td>`).join('')}</tr>\n`,
  );
  return `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body.join('')}</tbody>\n</table>`;
};

// The one place where markup goes in as it is. Our charts consist of these elements and attributes only, with
// all text escaped, so whatever else turns up was not drawn here.
const checked = (svg: string): string => {
  const foreign = svg
    .trim()
    .replace(
      /<(?:svg|g|path|text|circle|line|polygon|defs|clipPath|rect)((?: [\w:-]+="[^"<>]*")*) ?\/?>/g,
      (tag, attributes) => (/\s(?:on\w+|href|xlink:href)=/i.test(attributes) ? tag : ''),
    )
    .replace(/<\/\w+>/g, '');
  if (svg.trimStart().startsWith('<svg') && !foreign.includes('<')) return svg.trim();
  throw new TypeError(
    '@murmuration/eval: page: a chart holds markup that the charts of this package never do; pass what curveChart or intervalChart returned',
  );
};
