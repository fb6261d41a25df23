import {
  CheckpointError,
  ConfigurationError,
  DivergenceError,
  EnvironmentError,
  FileError,
  MurmurationError,
} from '../../errors';

/** An error as it goes from one thread to another, where classes are lost. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  /** Of the errors that people are meant to read. */
  readonly package?: string;
  /** Of a divergence. */
  readonly step?: number;
  readonly batch?: unknown;
}

const kinds = { CheckpointError, ConfigurationError, EnvironmentError, FileError, MurmurationError };

/** Batches are plain data in every learner of ours; of one that is not, JSON keeps what can be sent. */
const sendable = (batch: unknown): unknown => {
  try {
    return structuredClone(batch);
  } catch {
    return JSON.parse(JSON.stringify(batch) ?? 'null');
  }
};

export const packFailure = (error: unknown): Failure => {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message, stack } = error;
  if (error instanceof DivergenceError) {
    return {
      ...{ name, message, stack, package: error.package, step: error.step },
      batch: sendable(error.batch),
    };
  }
  return error instanceof MurmurationError
    ? { name, message, stack, package: error.package }
    : { name, message, stack };
};

const rebuild = ({ name, message, package: owner, step, batch }: Failure): Error => {
  if (owner === undefined) return Object.assign(new Error(message), { name });
  if (step !== undefined) return new DivergenceError(owner, message, { step, batch });
  return new (kinds[name as keyof typeof kinds] ?? MurmurationError)(owner, message);
};

/** The error that was thrown there, with the stack it had there. */
export const unpackFailure = (failure: Failure): Error =>
  Object.assign(rebuild(failure), failure.stack === undefined ? {} : { stack: failure.stack });
