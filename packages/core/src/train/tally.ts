import type { Metrics } from '../learner';
import { type State, stateNumber, stateTree } from '../state';

/** Running means of named numbers between two reports; part of a checkpoint, so that logs resume exactly. */
export class Tally {
  private sums = new Map<string, { sum: number; count: number }>();

  add(name: string, value: number): void {
    const entry = this.sums.get(name);
    if (entry) {
      entry.sum += value;
      entry.count++;
    } else this.sums.set(name, { sum: value, count: 1 });
  }

  addAll(metrics: Metrics): void {
    for (const name in metrics) this.add(name, metrics[name]);
  }

  /** The means so far, by name; starts anew. */
  take(): Metrics {
    const names = [...this.sums.keys()].sort();
    const means = Object.fromEntries(names.map((name) => [name, this.mean(name)]));
    this.sums = new Map();
    return means;
  }

  private mean(name: string): number {
    const { sum, count } = this.sums.get(name)!;
    return sum / count;
  }

  save(): State {
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
