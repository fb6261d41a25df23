import { status } from './failure';

/**
 * Ctrl-C and a polite kill: the first asks the work to stop and keep what it has, the second leaves at once.
 * @param told what to do when the first comes, for example to say so.
 */
export const interruptible = async <Result>(
  told: () => void,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> => {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(status.interrupted);
    controller.abort();
    told();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    return await work(controller.signal);
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
};
