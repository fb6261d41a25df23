import type { Metrics } from '../learner';
import { type State, stateNumber, stateTree } from '../state';

/** What was added under each name, and how often. */
export type Sums = Readonly<Record<string, { readonly sum: number; readonly count: number }>>;

/** The means over all workers, by name in sorted order. */
export const meansOf = (workers: readonly Sums[]): Metrics => {
  const names = [...new Set(workers.flatMap((sums) => Object.keys(sums)))].sort();
  const mean = (name: string): number => {
    const entries = workers.flatMap((sums) => sums[name] ?? []);
    const sum = entries.reduce((before, entry) => before + entry.sum, 0);
    return sum / entries.reduce((before, entry) => before + entry.count, 0);
  };
  return Object.fromEntries(names.map((name) => [name, mean(name)]));
};

/** Running sums of named numbers between two reports; part of a checkpoint, so that logs resume exactly. */
export class Tally {
  private sums = new Map<string, { sum: number; count: number }>();

  add(name: string, value: number): void {
    const entry = this.sums.get(name);
    if (entry) {
      entry.sum += value;
      entry.count++;
    } else this.sums.set(name, { sum: value, count: 1 });
  }

  /** @param counters names whose last value stands for all */
  addAll(metrics: Metrics, counters: readonly string[] = []): void {
    for (const name in metrics) {
      if (counters.includes(name)) this.sums.set(name, { sum: metrics[name], count: 1 });
      else this.add(name, metrics[name]);
    }
  }

  /** The sums so far; starts anew. */
  take(): Sums {
    const sums = this.save();
    this.sums = new Map();
    return sums;
  }

  save(): Sums & State {
    return Object.fromEntries([...this.sums].map(([name, { sum, count }]) => [name, { sum, count }]));
  }

  restore(state: State): void {
    this.sums = new Map(
      Object.keys(state).map((name) => {
        const entry = stateTree(state, name);
        return [name, { sum: stateNumber(entry, 'sum'), count: stateNumber(entry, 'count') }];
      }),
    );
  }
}
