import { parentPort } from 'node:worker_threads';
import { DivergenceError } from '@murmuration/core';
import { describeFailure, FailedError } from './failure';
import { doRun, type Run, type WorkerMessage } from './study/run';

/** A thread that does one run after another, so that loading is paid once. */
const port = parentPort!;
const tell = (message: WorkerMessage): void => port.postMessage(message);

/** Runs of a study keep no batch to look at. */
const withoutBatch = (error: unknown): unknown =>
  error instanceof DivergenceError
    ? new FailedError(
        `${error.message.split(';')[0]}; repeat it with train, which saves the batch that did it`,
      )
    : error;

port.on('message', async (run: Run) => {
  try {
    tell({ kind: 'finished', ...(await doRun(run, (step) => tell({ kind: 'progress', step }))) });
  } catch (error) {
    const { line = 'it was stopped' } = describeFailure(withoutBatch(error));
    tell({ kind: 'failed', line, stack: error instanceof Error ? error.stack : undefined });
  }
});
