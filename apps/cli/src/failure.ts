import { CommanderError } from 'commander';

/** Exit statuses that scripts rely on. */
export const status = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/** Something on the command line that cannot work. The message is one line: what is wrong; what to do. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** Something went wrong that is not the command line's fault, already told in one line. */
export class FailedError extends Error {
  override name = 'FailedError';
}

/** Ctrl-C, after what could be kept was kept. */
export class InterruptedError extends Error {
  override name = 'InterruptedError';
}

export interface Failure {
  /** What to print on standard error, without the `murmuration: ` before it; nothing where all is said. */
  readonly line?: string;
  readonly status: number;
}

const oneLine = (text: string): string =>
  text
    .split(/\s*\r?\n\s*/)
    .filter((part) => part !== '')
    .join('; ');

/** `error: unknown option '--stepz'\n(Did you mean --steps?)` in our form. */
const usageLine = (message: string): string => {
  const [what, advice] = message.replace(/^error: /, '').split('\n');
  const near = advice?.match(/^\(Did you mean (.*)\?\)$/)?.[1];
  return `${what}; ${near ? `did you mean ${near}?` : 'see murmuration --help'}`;
};

/** Errors that core and its friends raise for people to read, told by name so that no package needs loading. */
const expected: Readonly<Record<string, number>> = {
  ConfigurationError: status.usage,
  MurmurationError: status.failed,
  CheckpointError: status.failed,
  FileError: status.failed,
  EnvironmentError: status.failed,
  DivergenceError: status.failed,
  FailedError: status.failed,
  UsageError: status.usage,
};

/** What a failure means to people and to scripts. */
export const describeFailure = (error: unknown): Failure => {
  if (error instanceof CommanderError) {
    return error.exitCode === 0
      ? { status: status.done }
      : { line: usageLine(error.message), status: status.usage };
  }
  if (!(error instanceof Error)) return { line: oneLine(String(error)), status: status.failed };
  if (error.name === 'InterruptedError') return { line: oneLine(error.message), status: status.interrupted };
  const known = expected[error.name];
  if (known !== undefined) return { line: oneLine(error.message), status: known };
  const what = oneLine(error.message) || error.name;
  return { line: `${error.name}: ${what}; MURMURATION_DEBUG=1 shows where`, status: status.failed };
};
