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
import { type CellCurves, curveRunsOf, type Results, rowsOf } from './results';

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
export const resultsTable = (results: Results): Table => {
  const rows = rowsOf(results);
  const compared = results.cells.some(({ reference }) => reference !== undefined);
  const cells = results.cells.map((cell, index) => [
    cell.group,
    cell.method,
    spread(rows[index]),
    interval(rows[index]),
    ...(compared ? [referenceOf(cell)] : []),
    String(rows[index].seeds),
  ]);
  const groups = distinct(results.cells.map(({ group }) => group));
  const titles = ['mean ± sd', 'IQM [95 % interval]', ...(compared ? ['paper'] : []), 'seeds'];
  return {
    columns: ['world', 'method', ...titles],
    rows: groups.flatMap((group) => cells.filter(([own]) => own === group)),
  };
};

const seedsLine = ({ cells }: Results): string => {
  const counts = cells.map(({ seeds }) => seeds.length);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return `${least === most ? most : `${least} to ${most}`} seeds`;
};

/** Learning curves, one panel a group. */
export const drawCurves = (results: Results): string =>
  curveChart({
    title: results.title,
    subtitle: `mean over ${seedsLine(results)}; bands are 95 % bootstrap intervals`,
    valueName: results.metricMeaning,
    valueScale: 'own',
    panels: distinct(results.cells.map(({ group }) => group)).map((group) => ({
      title: group,
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
export const drawFinals = (results: Results): string => {
  const rows = rowsOf(results);
  return intervalChart({
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
};

/** The part of a page that shows these results. */
export const sectionOf = (
  results: Results,
  charts: readonly string[],
  notes: readonly string[],
): Section => ({
  title: results.title,
  blocks: [
    { kind: 'text', text: results.introduction },
    { kind: 'table', table: resultsTable(results), caption: `Final ${results.metricMeaning}` },
    ...charts.map((svg): Block => ({ kind: 'chart', svg })),
    ...notes.map((text): Block => ({ kind: 'text', text })),
    { kind: 'command', command: results.command },
  ],
});
