import type { EnvironmentSpec } from '../environment';
import { EnvironmentError, MurmurationError } from '../errors';

/** A broken contract, in one line that begins with the world's id. */
export const fault = (spec: EnvironmentSpec, what: string): EnvironmentError =>
  new EnvironmentError('@murmuration/core', `${spec.id}: ${what}`);

/** Run a piece of the world's own code, and say where it was when it throws. */
export const during = <Result>(id: string, where: string, run: () => Result): Result => {
  try {
    return run();
  } catch (error) {
    if (error instanceof MurmurationError) throw error;
    const message = `${id}: ${where} threw ${String(error).split('\n')[0]}`;
    throw new EnvironmentError('@murmuration/core', message, { cause: error });
  }
};
