import { createHash } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CheckpointError } from '../errors';
import { decodeCheckpoint, encodeCheckpoint, piecesOf } from '../files/checkpoint';
import { isSealed, sealed } from '../sealed';
import { isState, type State, type StateValue } from '../state';
import { fileError, isMissing, makeDirectory, readBytes, writeFileAtomically } from './files';

/** Pieces: what checkpoints of a run share, each in a file that its content names and that never changes. */
const pathOf = (directory: string, name: string): string => join(directory, `piece-${name}.safetensors`);

const nameOf = (file: Uint8Array): string => createHash('sha256').update(file).digest('hex').slice(0, 32);

/** Names of the trees that were written or read, so that each is encoded once. */
const names = new WeakMap<State, string>();

const sealedTreesIn = (value: StateValue): State[] => {
  if (Array.isArray(value)) return value.flatMap(sealedTreesIn);
  if (!isState(value)) return [];
  return isSealed(value) ? [value] : Object.values(value).flatMap(sealedTreesIn);
};

const filesIn = async (directory: string): Promise<string[]> => {
  try {
    return (await readdir(directory)).flatMap(
      (name) => /^piece-([0-9a-f]{32})\.safetensors$/.exec(name)?.[1] ?? [],
    );
  } catch (error) {
    if (isMissing(error)) return [];
    throw fileError('read', directory, error);
  }
};

/**
 * Writes those sealed trees of a state that are not there yet.
 * @returns the names of all
 */
export const writePieces = async (directory: string, state: State): Promise<Map<State, string>> => {
  const trees = sealedTreesIn(state);
  if (trees.length > 0) await makeDirectory(directory);
  const there = new Set(await filesIn(directory));
  const found = new Map<State, string>();
  for (const tree of trees) {
    let name = names.get(tree);
    if (name === undefined || !there.has(name)) {
      const file = encodeCheckpoint(tree).tensors;
      name = nameOf(file);
      names.set(tree, name);
      if (!there.has(name)) await writeFileAtomically(pathOf(directory, name), file);
      there.add(name);
    }
    found.set(tree, name);
  }
  return found;
};

/** @throws CheckpointError for one that is damaged, FileError for one that is missing; both name it */
export const readPieces = async (
  directory: string,
  wanted: readonly string[],
): Promise<Map<string, State>> => {
  const found = new Map<string, State>();
  for (const name of wanted) {
    const path = pathOf(directory, name);
    const file = await readBytes(path);
    if (nameOf(file) !== name) {
      throw new CheckpointError('@murmuration/core', `${path}: was changed or damaged since it was written`);
    }
    const tree = sealed(decodeCheckpoint(file));
    names.set(tree, name);
    found.set(name, tree);
  }
  return found;
};

/** Removes the pieces that none of these checkpoints refers to; none where one of them cannot be read. */
export const removeUnusedPieces = async (
  directory: string,
  checkpoints: readonly string[],
): Promise<void> => {
  const there = await filesIn(directory);
  if (there.length === 0) return;
  const used = new Set<string>();
  for (const path of checkpoints) {
    try {
      for (const name of piecesOf(await readBytes(path))) used.add(name);
    } catch (error) {
      if (error instanceof CheckpointError) return;
      throw error;
    }
  }
  for (const name of there) {
    if (!used.has(name)) await rm(pathOf(directory, name), { force: true });
  }
};
