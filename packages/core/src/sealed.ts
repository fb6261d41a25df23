import type { State } from './state';

const sealedTrees = new WeakSet<State>();

/**
 * Says of a tree that neither it nor anything in it changes again, such as what a replay remembers: the checkpoints of
 * a run keep it in a file of its own, written once.
 * @returns the same tree
 */
export const sealed = <Tree extends State>(tree: Tree): Tree => {
  sealedTrees.add(tree);
  return tree;
};

export const isSealed = (tree: State): boolean => sealedTrees.has(tree);

const files = new WeakMap<State, string>();

/** In the place of a tree that was not loaded; asking it for anything is an error. */
export const absentTree = (file: string): State => {
  const tree = Object.freeze({});
  files.set(tree, file);
  return tree;
};

/** The file that an absent tree lies in. */
export const fileOfAbsent = (tree: State): string | undefined => files.get(tree);
