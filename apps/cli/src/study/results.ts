import { type Reference, randomFrom } from '@murmuration/core';
import { type CurveRun, type ResultRow, summarise } from '@murmuration/eval';
import { type Costs, costsOf } from './costs';
import { type FinishedRun, finalOf, type Study } from './study';
import { slopesOf, type Trends, trendsOf } from './trends';

/** The runs of one cell, as charts and tables need them; plain data, kept in `curves.json`. */
export interface CellCurves {
  readonly method: string;
  readonly group: string;
  readonly reference?: Reference;
  /** Of the runs, in their order. */
  readonly seeds: readonly number[];
  /** Of the evaluations of every run. */
  readonly steps: readonly number[];
  /** `[run, evaluation]` */
  readonly values: readonly (readonly number[])[];
}

/** What a page shows; plain data, `curves.json`. */
export interface Results {
  readonly title: string;
  readonly introduction: string;
  readonly command: string;
  readonly metric: string;
  readonly metricMeaning: string;
  readonly finalEvaluations: number;
  readonly best?: number;
  readonly cells: readonly CellCurves[];
  readonly trends?: Trends;
  readonly costs?: Costs;
}

/** Six significant digits say all that a chart can show, and keep the file small. */
const rounded = (value: number): number => Number(value.toPrecision(6));

const distinct = <Item>(items: readonly Item[]): Item[] => [...new Set(items)];

/** @param finished in the order of cells and seeds. */
export const resultsOf = (study: Study, finished: readonly FinishedRun[]): Results => {
  const { title, introduction, command, metric, metricMeaning, finalEvaluations, best } = study;
  const cells = distinct(finished.map(({ cell }) => cell)).map(({ method, group, reference }): CellCurves => {
    const runs = finished.filter(({ cell }) => cell.method === method && cell.group === group);
    return {
      method,
      group,
      reference,
      seeds: runs.map(({ seed }) => seed),
      steps: runs[0].track.steps,
      values: runs.map(({ track }) => track.metrics[metric].map(rounded)),
    };
  });
  const trends = trendsOf(study, finished);
  const costs = costsOf(study.costs, finished);
  const words = { title, introduction, command, metric, metricMeaning, finalEvaluations, best };
  return { ...words, cells, ...(trends ? { trends } : {}), ...(costs ? { costs } : {}) };
};

export const curveRunsOf = ({ steps, values }: CellCurves): CurveRun[] =>
  values.map((run) => run.map((value, index) => ({ step: steps[index], value })));

/** One row of a result table. The bootstrap of a cell depends on its names alone, not on what stands beside it. */
const row = (method: string, group: string, metric: string, scores: readonly number[]): ResultRow =>
  summarise(
    { algorithm: method, environment: group, metric, scores },
    { random: randomFrom(0, 'bootstrap', method, group, metric) },
  );

/** Final values of what the results compare, one row a cell. */
export const rowsOf = ({ cells, metric, finalEvaluations }: Results): ResultRow[] =>
  cells.map(({ method, group, values }) =>
    row(
      method,
      group,
      metric,
      values.map((run) => finalOf(run, finalEvaluations)),
    ),
  );

/** A row with the ids that scripts know. */
export interface ResultEvent extends Omit<ResultRow, 'algorithm' | 'environment'> {
  readonly event: 'result';
  readonly method: string;
  readonly group: string;
  readonly algorithm: string;
  readonly environment: string;
}

/** Slopes of what training logged. */
const slopeEvents = (study: Study, finished: readonly FinishedRun[]): ResultEvent[] => {
  const trends = trendsOf(study, finished);
  if (!trends) return [];
  return slopesOf(trends).map((slope, index): ResultEvent => {
    const { method, group, series } = trends.lines[index];
    const { algorithm, environment } = study.cells.find(
      (cell) => cell.method === method && cell.group === group,
    )!;
    const metric = `slope (${series})`;
    return { ...slope, metric, event: 'result', method, group, algorithm, environment };
  });
};

/** Final values of every metric of every cell, lengths of episodes aside, which are no result; then slopes. */
export const resultEvents = (study: Study, finished: readonly FinishedRun[]): ResultEvent[] => [
  ...study.cells.flatMap((cell) => {
    const runs = finished.filter((run) => run.cell === cell);
    const names = Object.keys(runs[0]?.track.metrics ?? {}).filter((name) => name !== 'episodeLength');
    return names.map((name): ResultEvent => {
      const { method, group, algorithm, environment } = cell;
      const scores = runs.map(({ track }) => finalOf(track.metrics[name], study.finalEvaluations));
      return { ...row(method, group, name, scores), event: 'result', method, group, algorithm, environment };
    });
  }),
  ...slopeEvents(study, finished),
];
