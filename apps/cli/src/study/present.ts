import { randomFrom } from '@murmuration/core';
import {
  type Block,
  curveChart,
  intervalChart,
  learningCurve,
  type ResultRow,
  type Section,
  type Table,
} from '@murmuration/eval';
import { metric as shown } from '../terminal/format';
import { costsTable } from './costs';
import { type CellCurves, curveRunsOf, type Results, rowsOf } from './results';
import { drawTrends, slopesTable } from './trends';

const distinct = <Item>(items: readonly Item[]): Item[] => [...new Set(items)];

const referenceOf = ({ reference }: CellCurves): string => {
  if (!reference) return '–';
  const { low, high } = reference;
  return low === high ? shown(low) : `${shown(low)} to ${shown(high)}`;
};

const spread = ({ mean, standardDeviation, seeds }: ResultRow): string =>
  seeds === 1 ? shown(mean) : `${shown(mean)} ± ${shown(standardDeviation)}`;

const interval = ({ iqm, iqmLow, iqmHigh, seeds }: ResultRow): string =>
  seeds === 1 ? shown(iqm) : `${shown(iqm)} [${shown(iqmLow)}, ${shown(iqmHigh)}]`;

/** One row a cell, groups together; the paper's figures beside where there are some. */
const resultsTable = (results: Results, rows: readonly ResultRow[]): Table => {
  const compared = results.cells.some(({ reference }) => reference !== undefined);
  const cells = results.cells.map((cell, index) => [
    cell.method,
    cell.group,
    spread(rows[index]),
    interval(rows[index]),
    ...(compared ? [referenceOf(cell)] : []),
    String(rows[index].seeds),
  ]);
  const groups = distinct(results.cells.map(({ group }) => group));
  const titles = ['mean ± sd', 'IQM [95 % interval]', ...(compared ? ['paper'] : []), 'seeds'];
  return {
    columns: ['method', 'world', ...titles],
    rows: groups.flatMap((group) => cells.filter(([, own]) => own === group)),
  };
};

const seedsLine = ({ cells }: Results): string => {
  const counts = cells.map(({ seeds }) => seeds.length);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return `${least === most ? most : `${least} to ${most}`} seeds`;
};

const bestLine = ({ best }: Results): { value: number; label: string }[] =>
  best === undefined ? [] : [{ value: best, label: `best: ${shown(best)}` }];

/** Where the paper says what, by cell. */
const sources = ({ cells }: Results): Record<string, string> =>
  Object.fromEntries(
    cells.flatMap(({ method, group, reference }) =>
      reference ? [[`${group}, ${method}`, reference.source]] : [],
    ),
  );

/** Learning curves, one panel a group. */
const drawCurves = (results: Results): string =>
  curveChart({
    title: results.title,
    subtitle: `mean over ${seedsLine(results)}; bands are 95 % bootstrap intervals`,
    valueName: results.metricMeaning,
    valueScale: 'own',
    panels: distinct(results.cells.map(({ group }) => group)).map((group) => ({
      title: group,
      references: bestLine(results),
      curves: results.cells
        .filter((cell) => cell.group === group)
        .map((cell) => ({
          name: cell.method,
          ...learningCurve(curveRunsOf(cell), {
            random: randomFrom(0, 'bootstrap', cell.method, group, 'curve'),
            resamples: 500,
          }),
        })),
    })),
  });

/** Final values with their intervals, one panel a group. */
const drawFinals = (results: Results, rows: readonly ResultRow[]): string =>
  intervalChart({
    title: `${results.title}: final values`,
    subtitle: `interquartile mean over ${seedsLine(results)}, with 95 % bootstrap interval`,
    valueName: results.metricMeaning,
    valueScale: 'own',
    panels: distinct(results.cells.map(({ group }) => group)).map((group) => ({
      title: group,
      intervals: rows
        .filter(({ environment }) => environment === group)
        .map(({ algorithm, iqm, iqmLow, iqmHigh }) => ({
          name: algorithm,
          value: iqm,
          low: iqmLow,
          high: iqmHigh,
        })),
    })),
  });

/** Results as people see them. */
export interface Presented {
  readonly table: Table;
  /** SVG by the name of its file. */
  readonly charts: Readonly<Record<'curves.svg' | 'final.svg', string>> & { readonly 'trend.svg'?: string };
  /** Slopes of what training logged. */
  readonly slopes?: Table;
  /** What runs cost, where that was asked. */
  readonly costs?: Table;
}

export const present = (results: Results): Presented => {
  const rows = rowsOf(results);
  const { trends, costs } = results;
  const charts = { 'curves.svg': drawCurves(results), 'final.svg': drawFinals(results, rows) };
  const table = resultsTable(results, rows);
  const presented = { table, charts, ...(costs ? { costs: costsTable(costs) } : {}) };
  if (!trends) return presented;
  return {
    ...presented,
    charts: { ...charts, 'trend.svg': drawTrends(trends) },
    slopes: slopesTable(trends),
  };
};

/** The part of a page that shows these results. */
export const sectionOf = (
  results: Results,
  { table, charts, slopes, costs }: Presented,
  notes: readonly string[],
): Section => ({
  title: results.title,
  blocks: [
    { kind: 'text', text: results.introduction },
    { kind: 'table', table, caption: `Final ${results.metricMeaning}` },
    ...Object.values(charts).map((svg): Block => ({ kind: 'chart', svg })),
    ...(slopes
      ? [{ kind: 'table', table: slopes, caption: results.trends?.name ?? '' } satisfies Block]
      : []),
    ...(costs ? [{ kind: 'table', table: costs, caption: 'What a run costs' } satisfies Block] : []),
    ...notes.map((text): Block => ({ kind: 'text', text })),
    ...(Object.keys(sources(results)).length > 0
      ? [
          { kind: 'text', text: 'What the paper shows:' } as const,
          { kind: 'facts', facts: sources(results) } as const,
        ]
      : []),
    { kind: 'command', command: results.command },
  ],
});
