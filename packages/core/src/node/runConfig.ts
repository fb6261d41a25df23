import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FileError } from '../errors';
import { isJsonObject, type JsonObject } from '../files/json';
import { fileError, isMissing, readText, writeFileAtomically } from './files';

/** Raised when a run directory that was readable before would not be. */
const CURRENT_FORMAT = 1;

export const configPath = (directory: string): string => join(directory, 'config.json');

/** What is at a path. @throws FileError */
export const kindOf = async (path: string): Promise<'file' | 'directory' | 'missing'> => {
  try {
    return (await stat(path)).isDirectory() ? 'directory' : 'file';
  } catch (error) {
    if (isMissing(error)) return 'missing';
    throw fileError('read', path, error);
  }
};

/** Writes `config.json`. The name `runFormat` is ours. */
export const writeRunConfig = (directory: string, config: JsonObject): Promise<void> =>
  writeFileAtomically(
    configPath(directory),
    `${JSON.stringify({ ...config, runFormat: CURRENT_FORMAT }, null, 2)}\n`,
  );

/**
 * The configuration that a run was created with. What is in it is the caller's to check.
 * @throws FileError if the directory is missing or no run, or its `config.json` is damaged or of another format
 */
export const readRunConfig = async (directory: string): Promise<JsonObject> => {
  const fail = (what: string): FileError => new FileError('@murmuration/core', what);
  const kind = await kindOf(directory);
  if (kind === 'missing') throw fail(`there is no run directory ${directory}; check the path`);
  if (kind === 'file') throw fail(`${directory} is a file, not a run directory; check the path`);
  const path = configPath(directory);
  if ((await kindOf(path)) === 'missing') {
    throw fail(`${directory} is not a run directory (it has no config.json); check the path`);
  }
  const text = await readText(path);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw fail(`${path} is not JSON; restore it, or start a new run`);
  }
  if (!isJsonObject(value)) throw fail(`${path} is not a JSON object; restore it, or start a new run`);
  const { runFormat, ...config } = value;
  if (runFormat !== CURRENT_FORMAT) {
    throw fail(
      `${path} has runFormat ${JSON.stringify(runFormat ?? null)}, but this release reads ${CURRENT_FORMAT}; use the release that wrote it`,
    );
  }
  return config;
};
