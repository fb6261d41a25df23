import type { Algorithm } from '../../algorithm';
import type { EnvironmentFactory } from '../../environment';
import { ConfigurationError } from '../../errors';

/** What is trained: functions, which every worker must make for itself, since they cannot be sent. */
export interface Subject {
  readonly algorithm: Algorithm;
  readonly environment: EnvironmentFactory;
  /** The world that evaluations are played in, where it is not the one of training. */
  readonly evaluationEnvironment?: EnvironmentFactory;
}

/** The default export of a subject's module. @param input plain data, the same in every worker */
export type SubjectFactory<Input = unknown> = (input: Input) => Subject | Promise<Subject>;

/** @throws ConfigurationError where the module's default export is no function. */
export const loadSubject = async (module: string, input: unknown): Promise<Subject> => {
  const { default: create } = (await import(module)) as { default?: unknown };
  if (typeof create !== 'function') {
    throw new ConfigurationError(
      '@murmuration/core',
      `the default export of ${module} is ${create === undefined ? 'missing' : `a ${typeof create}`}; export a function that returns { algorithm, environment }`,
    );
  }
  return (create as SubjectFactory)(input);
};
