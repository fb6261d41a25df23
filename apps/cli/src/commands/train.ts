import { join } from 'node:path';
import { readEvaluations } from '@murmuration/core/node';
import { status } from '../failure';
import { interruptible } from '../interruption';
import { count, metric } from '../terminal/format';
import { renderTable } from '../terminal/table';
import type { Terminal } from '../terminal/terminal';
import { beginRun } from '../training/begin';
import type { OpenedRun, TrainRequest } from '../training/openedRun';
import { type Recorded, recordTraining } from '../training/record';
import { resumeRun } from '../training/resume';

/** First, best and last value of every metric that evaluations report. */
const summary = async (directory: string): Promise<string[][]> => {
  const evaluations = await readEvaluations(directory);
  const names = Object.keys(evaluations.at(-1) ?? {}).filter((name) => name !== 'step' && name !== 'returns');
  return names.map((name) => {
    const values = evaluations
      .map((evaluation) => evaluation[name])
      .filter((value) => typeof value === 'number');
    return [name, metric(values[0]), metric(Math.max(...values)), metric(values.at(-1)!)];
  });
};

const tell = async (run: OpenedRun, recorded: Recorded, terminal: Terminal): Promise<void> => {
  const { path } = run.directory;
  const { step, metrics, interrupted, checkpoint } = recorded;
  terminal.event({ event: interrupted ? 'interrupted' : 'done', step, metrics, output: path });
  const rows = await summary(path);
  if (rows.length > 0) {
    const columns = ['EVALUATION', 'FIRST', 'HIGHEST', 'LAST'];
    terminal.say(renderTable({ columns, rows }, terminal, (column) => column > 0));
  }
  terminal.say(`${run.algorithm.id} on ${run.world.spec.id}, seed ${run.plan.seed}: ${count(step)} steps`);
  terminal.say(`run         ${path}`);
  terminal.say(`evaluations ${join(path, 'evaluations.jsonl')}`);
  if (checkpoint) terminal.say(`checkpoint  ${checkpoint}`);
  if (interrupted) terminal.say(`interrupted; murmuration train --resume ${path} goes on`);
};

/** `murmuration train` */
export const trainCommand = async (request: TrainRequest, terminal: Terminal): Promise<number> => {
  const run =
    request.resume === undefined
      ? await beginRun(request)
      : await resumeRun(request.resume, request, terminal);
  try {
    const stopping = (): void =>
      terminal.say('stopping: a last checkpoint is being written; Ctrl-C again leaves at once');
    const recorded = await interruptible(stopping, (signal) => recordTraining(run, signal, terminal));
    terminal.settle();
    await tell(run, recorded, terminal);
    return recorded.interrupted ? status.interrupted : status.done;
  } finally {
    await run.directory.close();
  }
};
