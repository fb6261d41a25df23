import type { Settings as AlgorithmSettings } from '@murmuration/core';
import { readText } from '@murmuration/core/node';
import { UsageError } from './failure';

/** What `--set` and `--config` say, sorted by whom it is for. */
export interface Settings {
  /** The algorithm's options, nested, and `preset`. */
  readonly algorithm: AlgorithmSettings;
  /** The environment's options. */
  readonly environment: Readonly<Record<string, unknown>>;
}

type Tree = Record<string, unknown>;

const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

// A name starts with a letter: what starts with `__` belongs to the language.
const keyPattern = /^[A-Za-z][\w-]*(\.[A-Za-z0-9][\w-]*)*$/;

/** Put a value at `schedule.turn`; later ones win, groups merge. */
const assign = (tree: Tree, key: string, value: unknown, source: string): void => {
  if (!keyPattern.test(key) || /(^|\.)(constructor|prototype)(\.|$)/.test(key)) {
    throw new UsageError(
      `${source}: ${JSON.stringify(key)} is no option's name; give names like schedule.turn`,
    );
  }
  const path = key.split('.');
  const last = path.pop()!;
  let place = tree;
  for (const part of path) {
    if (!isTree(place[part])) place[part] = {};
    place = place[part] as Tree;
  }
  if (!isTree(value)) {
    place[last] = value;
    return;
  }
  if (!isTree(place[last])) place[last] = {};
  for (const [inner, below] of Object.entries(value))
    assign(place[last] as Tree, inner, below, `${source} ${key}`);
};

/** JSON where it is JSON (`0.5`, `true`, `[64,64]`), else the text itself (`deep`). */
const parseValue = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const readConfig = async (file: string): Promise<Tree> => {
  let text: string;
  try {
    text = await readText(file);
  } catch (error) {
    throw new UsageError(`--config: ${(error as Error).message}`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`--config ${file} is not JSON: ${(error as Error).message}; mend the file`);
  }
  if (!isTree(value)) {
    throw new UsageError(`--config ${file} is not a JSON object; write {"name": value, …}`);
  }
  return value;
};

/**
 * Everything that was set, `--set` over `--config`.
 * @param pairs `name=value`, in the order given; later ones win.
 * @throws UsageError for what is not `name=value` and for files that cannot be read or are not JSON.
 */
export const readSettings = async (pairs: readonly string[], config?: string): Promise<Settings> => {
  const tree: Tree = {};
  if (config !== undefined) {
    for (const [key, value] of Object.entries(await readConfig(config))) {
      assign(tree, key, value, `--config ${config}`);
    }
  }
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals < 1) throw new UsageError(`--set ${pair} has no value; write --set name=value`);
    assign(tree, pair.slice(0, equals), parseValue(pair.slice(equals + 1)), '--set');
  }
  const { environment = {}, ...algorithm } = tree;
  if (!isTree(environment)) {
    throw new UsageError(
      `environment is ${JSON.stringify(environment)}, but the environment is an argument; set its options with --set environment.name=value`,
    );
  }
  const { preset } = algorithm;
  if (preset !== undefined && typeof preset !== 'string') {
    throw new UsageError(`preset is ${JSON.stringify(preset)}; give a preset's name`);
  }
  return { algorithm: algorithm as AlgorithmSettings, environment };
};
