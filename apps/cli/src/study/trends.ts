import { randomFrom } from '@murmuration/core';
import { curveChart, learningCurve, type ResultRow, summarise, type Table } from '@murmuration/eval';
import { metric as shown } from '../terminal/format';
import type { FinishedRun, Study } from './study';

/** What the runs of one cell logged in one row of numbers; plain data, kept in `curves.json`. */
export interface TrendLine {
  readonly method: string;
  readonly group: string;
  /** Which of the trend's series. */
  readonly series: string;
  /** The numbers in the names of the metrics, in order. */
  readonly ordinals: readonly number[];
  /** Means of logarithms, `[run][ordinal]`. */
  readonly values: readonly (readonly number[])[];
}

export interface Trends {
  readonly name: string;
  readonly ordinalName: string;
  readonly valueName: string;
  readonly lines: readonly TrendLine[];
}

const distinct = <Item>(items: readonly Item[]): Item[] => [...new Set(items)];

const rounded = (value: number): number => Number(value.toPrecision(6));

/** Rows of numbers that every run of a cell has logged. @param finished in the order of cells and seeds */
export const trendsOf = ({ trend, cells }: Study, finished: readonly FinishedRun[]): Trends | undefined => {
  if (!trend) return undefined;
  const { series: all, ...words } = trend;
  const lines = cells.flatMap((cell) => {
    const logs = finished.filter((run) => run.cell === cell).map(({ track }) => track.logged ?? {});
    return all.flatMap(({ label, prefix }): TrendLine[] => {
      const ordinals = distinct(logs.flatMap(Object.keys))
        .filter((name) => name.startsWith(prefix) && logs.every((log) => name in log))
        .map((name) => Number(name.slice(prefix.length)))
        .sort((a, b) => a - b);
      if (ordinals.length < 2) return [];
      const values = logs.map((log) => ordinals.map((ordinal) => rounded(log[`${prefix}${ordinal}`])));
      return [{ method: cell.method, group: cell.group, series: label, ordinals, values }];
    });
  });
  return lines.length > 0 ? { ...words, lines } : undefined;
};

/** Slope of the straight line nearest to points, by least squares. */
export const slopeOf = (x: readonly number[], y: readonly number[]): number => {
  const middle = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [centreX, centreY] = [middle(x), middle(y)];
  const spread = x.reduce((sum, value) => sum + (value - centreX) ** 2, 0);
  return x.reduce((sum, value, index) => sum + (value - centreX) * (y[index] - centreY), 0) / spread;
};

const nameOf = ({ method, series }: TrendLine): string => `${method}, ${series}`;

/** The slope of each line with its interval over seeds. */
export const slopesOf = ({ lines }: Trends): ResultRow[] =>
  lines.map((line) =>
    summarise(
      {
        algorithm: nameOf(line),
        environment: line.group,
        metric: 'slope',
        scores: line.values.map((values) => slopeOf(line.ordinals, values)),
      },
      { random: randomFrom(0, 'bootstrap', nameOf(line), line.group, 'slope') },
    ),
  );

export const slopesTable = (trends: Trends): Table => ({
  columns: ['method', 'world', 'slope [95 % interval]', 'seeds'],
  rows: slopesOf(trends).map(({ algorithm, environment, mean, low, high, seeds }) => [
    algorithm,
    environment,
    seeds === 1 ? shown(mean) : `${shown(mean)} [${shown(low)}, ${shown(high)}]`,
    String(seeds),
  ]),
});

/** Logarithms over ordinals, one panel a group. */
export const drawTrends = ({ name, ordinalName, valueName, lines }: Trends): string =>
  curveChart({
    title: name,
    subtitle: 'mean over seeds; bands are 95 % bootstrap intervals',
    stepName: ordinalName,
    valueName: `log of ${valueName}`,
    valueScale: 'own',
    panels: distinct(lines.map(({ group }) => group)).map((group) => ({
      title: group,
      curves: lines
        .filter((line) => line.group === group)
        .map((line) => ({
          name: nameOf(line),
          ...learningCurve(
            line.values.map((values) =>
              values.map((value, index) => ({ step: line.ordinals[index], value })),
            ),
            { random: randomFrom(0, 'bootstrap', nameOf(line), group, 'trend'), resamples: 500 },
          ),
        })),
    })),
  });
