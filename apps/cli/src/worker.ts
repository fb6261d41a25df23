import { parentPort } from 'node:worker_threads';
import { describeFailure } from './failure';
import { doRun, type Run, type WorkerMessage } from './study/run';

/** A thread that does one run after another, so that loading is paid once. */
const port = parentPort!;
const tell = (message: WorkerMessage): void => port.postMessage(message);

port.on('message', async (run: Run) => {
  try {
    tell({ kind: 'finished', ...(await doRun(run, (step) => tell({ kind: 'progress', step }))) });
  } catch (error) {
    const { line = 'it was stopped' } = describeFailure(error);
    tell({ kind: 'failed', line, stack: error instanceof Error ? error.stack : undefined });
  }
});
