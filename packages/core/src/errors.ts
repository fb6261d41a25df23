/**
 * An error that a user can cause and mend. The message is one line: what is wrong, the value found, what to do;
 * the command line prints it as it is, without a stack. `package` names the npm package that raised it.
 */
export class MurmurationError extends Error {
  override name = 'MurmurationError';
  readonly package: string;

  /**
   * @param packageName such as `@murmuration/core`
   * @param message one line: what is wrong; what to do
   */
  constructor(packageName: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.package = packageName;
  }
}

/** An option, an id or a combination of them that cannot work. */
export class ConfigurationError extends MurmurationError {
  override name = 'ConfigurationError';
}

/** A checkpoint that is damaged, of another format or version, or of another shape than its reader expects. */
export class CheckpointError extends MurmurationError {
  override name = 'CheckpointError';
}

/** The file system refused: full disk, no permission, a file where a directory should be. `cause` is its error. */
export class FileError extends MurmurationError {
  override name = 'FileError';
}

/** An environment that breaks its contract, or that an algorithm cannot learn in. */
export class EnvironmentError extends MurmurationError {
  override name = 'EnvironmentError';
}

/** Learning produced NaN or an infinite value. Keeps the batch that did it, to be saved and looked at. */
export class DivergenceError extends MurmurationError {
  override name = 'DivergenceError';
  /** Environment steps when it happened. */
  readonly step: number;
  readonly batch: unknown;

  constructor(packageName: string, message: string, { step, batch }: { step: number; batch: unknown }) {
    super(packageName, message);
    this.step = step;
    this.batch = batch;
  }
}
