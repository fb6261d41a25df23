import { count, duration, metric } from '../terminal/format';
import type { Terminal } from '../terminal/terminal';
import { type Journal, openJournal } from './journal';
import { runInPool } from './pool';
import {
  type Cell,
  type FailedRun,
  type FinishedRun,
  finalOf,
  nameOf,
  runOf,
  type Study,
  type Track,
} from './study';

export interface Conducted {
  /** In the order of cells and seeds. */
  readonly finished: readonly FinishedRun[];
  readonly failed: readonly FailedRun[];
  /** Runs that were neither finished nor failed when it was interrupted. */
  readonly missing: number;
}

interface Pending {
  readonly cell: Cell;
  readonly seed: number;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Tells people how the pool is getting on. */
const watch = (study: Study, pending: readonly Pending[], terminal: Terminal) => {
  const began = performance.now();
  const steps = new Float64Array(pending.length);
  const total = pending.reduce((sum, { cell }) => sum + cell.steps, 0);
  let over = 0;
  let last = '';
  const line = (): string => {
    const step = steps.reduce((sum, value) => sum + value, 0);
    const seconds = (performance.now() - began) / 1000;
    const rate = step / seconds;
    terminal.event({
      event: 'progress',
      step,
      steps: total,
      stepsPerSecond: rate,
      runs: over,
      of: pending.length,
    });
    const left = rate > 0 ? `${duration((total - step) / rate)} left` : 'starting';
    return `${over}/${pending.length} runs  ${count(step)}/${count(total)} steps  ${count(rate)} steps/s  ${left}${last}`;
  };
  const final = ({ metrics }: Track): number => finalOf(metrics[study.metric], study.finalEvaluations);
  let told = began;
  let logged = began;
  const show = (): void => {
    const now = performance.now();
    if (now - told <= 500) return;
    told = now;
    // A log gets one line in a minute: enough to see that a long study lives.
    const milestone = now - logged > 60_000;
    if (milestone) logged = now;
    terminal.progress(line(), milestone);
  };
  const moved = (index: number, step: number): void => {
    steps[index] = step;
    show();
  };
  const ended = (index: number, track?: Track): void => {
    over++;
    const result = track ? metric(final(track)) : 'failed';
    last = `  ${nameOf(pending[index].cell, pending[index].seed)}: ${result}`;
    moved(index, pending[index].cell.steps);
  };
  const cellDone = (cell: Cell, finished: readonly FinishedRun[]): void => {
    const own = finished.filter((run) => run.cell === cell).map(({ track }) => final(track));
    if (own.length < study.seeds.length) return;
    const result = `${metric(mean(own))} on average, ${metric(Math.min(...own))} to ${metric(Math.max(...own))}`;
    terminal.say(`${cell.method}, ${cell.group}: ${study.metric} ${result} (${own.length} seeds)`);
  };
  return { moved, ended, cellDone };
};

/**
 * Do all runs of a study that its directory does not hold yet, in a pool of threads.
 * @throws UsageError where the directory holds other results; FileError where it cannot be written.
 */
export const conduct = async (
  study: Study,
  options: { directory: string; workers: number; signal: AbortSignal; terminal: Terminal },
): Promise<Conducted> => {
  const { directory, workers, signal, terminal } = options;
  const journal: Journal = await openJournal(directory, study);
  const finished: FinishedRun[] = [...journal.finished];
  const failed: FailedRun[] = [];
  const isDone = (cell: Cell, seed: number): boolean =>
    journal.finished.some((run) => run.cell === cell && run.seed === seed);
  const all = study.cells.flatMap((cell) => study.seeds.map((seed): Pending => ({ cell, seed })));
  // Seed by seed: what is stopped half-way has compared all methods with few seeds, not few methods with all.
  const pending = study.seeds.flatMap((seed) =>
    all.filter((run) => run.seed === seed && !isDone(run.cell, seed)),
  );
  if (finished.length > 0) {
    terminal.say(
      `${finished.length} of ${all.length} runs were done before; going on with ${pending.length}`,
    );
  }
  const told = watch(study, pending, terminal);
  let writing: Promise<void> = Promise.resolve();
  const broken = new AbortController();
  await runInPool(
    pending.map(({ cell, seed }) => runOf(cell, seed)),
    {
      workers,
      signal: AbortSignal.any([signal, broken.signal]),
      listener: {
        progress: told.moved,
        finished(index, track, seconds) {
          const run: FinishedRun = { ...pending[index], track, seconds };
          finished.push(run);
          // One line after another; the first that cannot be written stops the study.
          writing = writing.then(() => journal.append(run));
          writing.catch((error) => broken.abort(error));
          told.ended(index, track);
          told.cellDone(run.cell, finished);
        },
        failed(index, line, stack) {
          failed.push({ ...pending[index], line });
          told.ended(index);
          terminal.say(`${nameOf(pending[index].cell, pending[index].seed)} failed: ${line}`);
          if (stack !== undefined && process.env.MURMURATION_DEBUG === '1') terminal.say(stack);
        },
      },
    },
  );
  await writing;
  terminal.settle();
  const place = ({ cell, seed }: Pending): number =>
    all.findIndex((one) => one.cell === cell && one.seed === seed);
  return {
    finished: finished.sort((a, b) => place(a) - place(b)),
    failed,
    missing: all.length - finished.length - failed.length,
  };
};
