import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  checkEnvironment,
  EnvironmentError,
  type EnvironmentFactory,
  type EnvironmentFamily,
  type EnvironmentSpec,
  parseConfiguration,
  specOf,
} from '@murmuration/core';
import { FailedError, UsageError } from './failure';
import { findFamily } from './registry';

/** What names a world in a file or a message between threads: plain data. */
export interface WorldReference {
  /** An id such as `coordination/3`, or the absolute path of a module. */
  readonly environment: string;
  /** Every option in force. */
  readonly options: Readonly<Record<string, unknown>>;
}

export interface World extends WorldReference {
  readonly factory: EnvironmentFactory;
  readonly spec: EnvironmentSpec;
}

/** Whether an environment argument is a path to a module and not an id. */
export const isPath = (reference: string): boolean =>
  /^(\.{0,2}[/\\]|file:|[A-Za-z]:[/\\])/.test(reference) || /\.[cm]?[jt]s(#.*)?$/.test(reference);

/** An id as it is, a path from the root of the file system. */
export const absoluteReference = (reference: string): string => {
  if (!isPath(reference)) return reference;
  const { path, variant } = splitPath(reference);
  return variant === '' ? path : `${path}#${variant}`;
};

/** A module's path, and the variant that may stand after `#`. */
const splitPath = (reference: string): { path: string; variant: string } => {
  const [before, variant = ''] = reference.split('#');
  return { path: resolve(before.startsWith('file:') ? fileURLToPath(before) : before), variant };
};

const isFamily = (value: unknown): value is EnvironmentFamily =>
  typeof value === 'object' &&
  value !== null &&
  'create' in value &&
  'options' in value &&
  'variants' in value;

const noOptions = (reference: string, options: WorldReference['options']): void => {
  const [name] = Object.keys(options);
  if (name === undefined) return;
  throw new UsageError(
    `--set environment.${name}: ${reference} exports a function, which takes no options; export an environment family to give it some`,
  );
};

const withFamily = async (
  family: EnvironmentFamily,
  name: string,
  variant: string,
  given: WorldReference['options'],
): Promise<Pick<World, 'factory' | 'options'>> => {
  await family.load?.();
  const factory = family.create(variant, given);
  // After `create`, which knows a wrong variant from a wrong option.
  const options = parseConfiguration(`${family.package} ${name}`, family.options, given);
  return { factory, options: options as WorldReference['options'] };
};

const fromModule = async (reference: string, options: WorldReference['options']): Promise<World> => {
  const { path, variant } = splitPath(reference);
  await stat(path).catch(() => {
    throw new UsageError(`there is no environment module ${path}; give the path of an ES module`);
  });
  let exported: unknown;
  try {
    exported = (await import(pathToFileURL(path).href)).default;
  } catch (error) {
    throw new FailedError(
      `${path} cannot be loaded: ${(error as Error).message}; run it with node to see where`,
      {
        cause: error,
      },
    );
  }
  const environment = absoluteReference(reference);
  if (isFamily(exported)) {
    const made = await withFamily(exported, exported.family, variant || exported.variants[0], options);
    return finish({ ...made, environment });
  }
  if (typeof exported !== 'function') {
    throw new FailedError(
      `the default export of ${path} is ${exported === undefined ? 'missing' : `a ${typeof exported}`}; export a function ({ copies }) that returns an environment`,
    );
  }
  noOptions(path, options);
  return finish({ environment, options: {}, factory: exported as EnvironmentFactory });
};

/** Make one copy, to see that it can be made and what it is. */
const finish = (world: Omit<World, 'spec'>): World => {
  try {
    return { ...world, spec: specOf(world.factory) };
  } catch (error) {
    if (error instanceof Error && 'package' in error) throw error;
    throw new EnvironmentError(
      '@murmuration/cli',
      `${world.environment} cannot be made: ${(error as Error).message}; mend its factory`,
      { cause: error },
    );
  }
};

/**
 * The world behind an id or a path.
 * @throws UsageError, ConfigurationError where there is none or an option is wrong; FailedError, EnvironmentError
 *   where a module cannot be loaded or makes no environment.
 */
export const openWorld = async ({ environment, options }: WorldReference): Promise<World> => {
  if (isPath(environment)) return fromModule(environment, options);
  const { family, variant } = findFamily(environment);
  return finish({ ...(await withFamily(family, environment, variant, options)), environment });
};

/** Look somebody's own world over before anything is trained in it. @throws EnvironmentError naming what is broken. */
export const checkWorld = ({ environment, factory }: World): void => {
  if (isPath(environment)) checkEnvironment(factory);
};
