import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { acquireLock, makeDirectory } from '@murmuration/core/node';
import { FailedError, status } from '../failure';
import { interruptible } from '../interruption';
import { renderTable } from '../terminal/table';
import type { Terminal } from '../terminal/terminal';
import { newDirectory } from '../training/newDirectory';
import { conduct } from './conduct';
import { checkStudy } from './prepare';
import type { Study } from './study';

export interface StudyOptions {
  /** Where to write; a directory that holds some of the runs already is gone on with. */
  readonly output?: string;
  /** Begins the name of a new directory where `output` is left out. */
  readonly name: string;
  readonly workers?: number;
}

/** What `compare` and `reproduce` do: check, run what is missing, write, tell. @returns the exit status. */
export const carryOut = async (study: Study, options: StudyOptions, terminal: Terminal): Promise<number> => {
  await checkStudy(study);
  const directory = options.output ?? (await newDirectory(options.name));
  await makeDirectory(directory);
  const release = await acquireLock(join(directory, 'run.lock'), `directory ${directory}`);
  try {
    const workers = options.workers ?? availableParallelism();
    const stopping = (): void => terminal.say('stopping; finished runs are kept');
    const conducted = await interruptible(stopping, (signal) =>
      conduct(study, { directory, workers, signal, terminal }),
    );
    const { finished, failed, missing } = conducted;
    if (missing > 0) {
      terminal.event({ event: 'interrupted', runs: finished.length, output: directory });
      terminal.say(`${finished.length} runs are done; the same command with --output ${directory} goes on`);
      return status.interrupted;
    }
    if (finished.length === 0) throw new FailedError(`all ${failed.length} runs failed: ${failed[0].line}`);
    // Charts take a while to load, which nobody should wait for before the first run.
    const { publish } = await import('./publish');
    const published = await publish(study, conducted, directory);
    const final = Object.fromEntries(
      published.events
        .filter(({ metric }) => metric === study.metric)
        .map(({ method, group, mean }) => [`${method}, ${group}`, mean]),
    );
    for (const event of published.events) terminal.event(event);
    const steps = study.cells.reduce((sum, cell) => sum + cell.steps, 0) * study.seeds.length;
    terminal.event({ event: 'done', step: steps, metrics: final, output: directory, page: published.page });
    const { table } = published;
    const last = table.columns.length - 1;
    const upper = { ...table, columns: table.columns.map((name) => name.toUpperCase()) };
    terminal.say(`\n${study.title}: ${study.metricMeaning}\n`);
    terminal.say(renderTable(upper, terminal, (column) => column > 1 && column <= last));
    if (published.slopes) {
      terminal.say(`\n${study.trend?.name}: slope of the logarithm\n`);
      terminal.say(renderTable(published.slopes, terminal, (column) => column > 1));
    }
    terminal.say('');
    for (const note of published.notes) terminal.say(note);
    terminal.say(`results ${directory}`);
    terminal.say(`page    ${published.page}`);
    if (failed.length === 0) return status.done;
    const all = finished.length + failed.length;
    throw new FailedError(
      `${failed.length} of ${all} runs failed: ${failed[0].line}; the others are in ${directory}`,
    );
  } finally {
    await release();
  }
};
