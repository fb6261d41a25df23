import { Worker } from 'node:worker_threads';
import type { Run, WorkerMessage } from './run';
import type { Track } from './study';

/** What happens in the pool; `index` is the run's place in the list. */
export interface PoolListener {
  progress(index: number, step: number): void;
  finished(index: number, track: Track, seconds: number): void;
  failed(index: number, line: string, stack?: string): void;
}

export interface PoolOptions {
  /** Threads at a time. */
  readonly workers: number;
  /** Stops all threads at once; runs under way are then neither finished nor failed. */
  readonly signal: AbortSignal;
  readonly listener: PoolListener;
}

/**
 * Do runs in worker threads, each thread one after another. A run that takes its thread down with it is told as
 * failed, and the others go on in a fresh one.
 * @throws what the listener throws, after all threads have stopped.
 */
export const runInPool = async (
  runs: readonly Run[],
  { workers, signal: outer, listener }: PoolOptions,
): Promise<void> => {
  const broken = new AbortController();
  const signal = AbortSignal.any([outer, broken.signal]);
  let next = 0;

  /** One thread's life: until there are no more runs, or it dies. */
  const oneThread = (): Promise<void> =>
    new Promise((resolve) => {
      // What a world prints is for people: standard output may be read by a script.
      const worker = new Worker(new URL('./worker.js', import.meta.url), { stdout: true });
      worker.stdout.pipe(process.stderr, { end: false });
      let current = -1;
      let death = '';
      const stop = (): void => void worker.terminate();
      const give = (): void => {
        current = next < runs.length && !signal.aborted ? next++ : -1;
        if (current < 0) stop();
        else worker.postMessage(runs[current]);
      };
      const tell = (message: WorkerMessage): void => {
        if (current < 0 || signal.aborted) return;
        try {
          if (message.kind === 'progress') listener.progress(current, message.step);
          else if (message.kind === 'finished') listener.finished(current, message.track, message.seconds);
          else listener.failed(current, message.line, message.stack);
        } catch (error) {
          broken.abort(error);
        }
      };
      signal.addEventListener('abort', stop, { once: true });
      worker.on('message', (message: WorkerMessage) => {
        tell(message);
        if (message.kind !== 'progress') give();
      });
      worker.on('error', (error: NodeJS.ErrnoException) => {
        death =
          error.code === 'ERR_WORKER_OUT_OF_MEMORY'
            ? 'its thread ran out of memory; use fewer --workers or a smaller configuration'
            : `its thread died: ${error.message}; run it alone with train to see where`;
      });
      worker.on('exit', (code) => {
        signal.removeEventListener('abort', stop);
        const line = death || `its thread left with status ${code}; look for process.exit in the environment`;
        if (current >= 0) tell({ kind: 'failed', line });
        resolve();
      });
      give();
    });

  const keepBusy = async (): Promise<void> => {
    while (next < runs.length && !signal.aborted) await oneThread();
  };
  await Promise.all(Array.from({ length: Math.min(workers, runs.length) }, keepBusy));
  if (broken.signal.aborted) throw broken.signal.reason;
};
