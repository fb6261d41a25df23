import type { Counter } from '@murmuration/core';
import type { Table } from '@murmuration/eval';
import type { FinishedRun } from './study';

/** What the runs of one cell cost, mean over seeds; plain data, kept in `curves.json`. */
export interface CellCost {
  readonly method: string;
  readonly group: string;
  /** Environment steps that training counted. */
  readonly steps: number;
  /** Last values of what training counted beside, in the order of the counters. */
  readonly counted: readonly number[];
  /** Of a run, on a machine that other runs shared. */
  readonly seconds: number;
}

export interface Costs {
  readonly counters: readonly Counter[];
  readonly cells: readonly CellCost[];
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** @param finished in the order of cells and seeds; nothing where nobody asks for costs. */
export const costsOf = (
  counters: readonly Counter[] | undefined,
  finished: readonly FinishedRun[],
): Costs | undefined => {
  if (!counters) return undefined;
  const cells = [...new Set(finished.map(({ cell }) => cell))].map((cell): CellCost => {
    const runs = finished.filter((run) => run.cell === cell);
    return {
      method: cell.method,
      group: cell.group,
      steps: cell.steps,
      counted: counters.map(({ metric }) => mean(runs.map(({ track }) => track.counted?.[metric] ?? 0))),
      seconds: mean(runs.map(({ seconds }) => seconds)),
    };
  });
  return { counters, cells };
};

const whole = (value: number): string => Math.round(value).toLocaleString('en');

export const costsTable = ({ counters, cells }: Costs): Table => ({
  columns: ['method', 'world', 'steps', ...counters.map(({ meaning }) => meaning), 'seconds a run'],
  rows: cells.map(({ method, group, steps, counted, seconds }) => [
    method,
    group,
    ...[steps, ...counted, seconds].map(whole),
  ]),
});
