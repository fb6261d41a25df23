import { Worker } from 'node:worker_threads';
import { MurmurationError } from '../../errors';
import type { ShardEvent } from '../../train/shardRun';
import { unpackFailure } from './failure';
import type { Message, WorkerInput } from './worker';

/** The threads of a run. */
export interface Threads {
  /** What a worker tells next. @throws what went wrong in any of them, once all has been read that it told before */
  next(rank: number): Promise<ShardEvent>;
  /** End all threads. */
  stop(): Promise<void>;
}

const causeOf = (error: NodeJS.ErrnoException): string =>
  error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? 'ran out of memory; use fewer workers or a smaller configuration'
    : `died: ${error.message}; train with one worker to see where`;

/** Start a thread for each input. */
export const startThreads = (program: URL, inputs: readonly WorkerInput[]): Threads => {
  const told = inputs.map((): ShardEvent[] => []);
  let failure: { readonly error: unknown } | undefined;
  let wake = (): void => {};
  const fail = (error: unknown): void => {
    failure ??= { error };
    wake();
  };
  const threads = inputs.map((workerData, rank) => {
    const worker = new Worker(program, { workerData });
    const died = (what: string): void =>
      fail(new MurmurationError('@murmuration/core', `worker ${rank} ${what}`));
    let over = false;
    worker.on('message', (message: Message) => {
      if ('failure' in message) return fail(unpackFailure(message.failure));
      over = message.told.event === 'done';
      told[rank].push(message.told);
      wake();
    });
    worker.on('error', (error) => died(causeOf(error)));
    worker.on('exit', (code) => {
      if (!over) died(`left with status ${code}; look for process.exit in the environment`);
    });
    return worker;
  });
  return {
    async next(rank) {
      for (;;) {
        const event = told[rank].shift();
        if (event) return event;
        if (failure) throw failure.error;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    async stop() {
      await Promise.all(threads.map((worker) => worker.terminate()));
    },
  };
};
