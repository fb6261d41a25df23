import { CheckpointError } from '../errors';
import { absentTree } from '../sealed';
import { type ArrayValue, isArrayValue, isState, isTypedArray, type State, type StateValue } from '../state';
import type { Safetensors } from './safetensors';

/** Trees that are kept in files of their own, with the files' names. */
export type Pieces = ReadonlyMap<State, string>;

const pieceName = /^[0-9a-f]{32}$/;

/**
 * A state tree as the two flat lists that a safetensors file holds. Typed arrays become tensors and everything else
 * JSON, each under its path: names joined by `/`, places of a list as numbers.
 *
 * JSON has no NaN, no infinity and (in JavaScript's writer) no -0, and paths alone do not tell a list from a tree.
 * Scalars and lists of scalars never hold a JSON object, so that objects are free to say these things:
 * `{"number":"NaN"}`, `{"list":3}`, `{"tree":0}`, `{"piece":"0f…"}` for a tree in another file. Tensors of one dimension are typed arrays or `ArrayValue`s;
 * the entry `murmuration:arrays` lists the paths of the former.
 */
const ARRAYS = 'murmuration:arrays';

/** Far deeper than any state, and shallow enough that neither a hostile file nor a cycle exhausts the stack. */
const DEEPEST = 64;

const unusable = (message: string): CheckpointError => new CheckpointError('@murmuration/core', message);

const checkName = (name: string, path: string): void => {
  if (path.split('/').length > DEEPEST)
    throw unusable(`state ${JSON.stringify(path)} is nested too deep to be saved`);
  if (name === '' || name === '__proto__' || name.includes('/') || path.startsWith('murmuration:')) {
    throw unusable(
      `state ${JSON.stringify(path)} cannot be saved: names are not empty, hold no "/" and are not "__proto__" or "murmuration:…"; rename it`,
    );
  }
};

type Scalar = number | string | boolean | null | readonly Scalar[];

const isScalar = (value: StateValue, depth = 0): value is Scalar =>
  Array.isArray(value)
    ? depth < DEEPEST && value.every((item) => isScalar(item, depth + 1))
    : value === null || typeof value !== 'object';

/** Maps, dates and other instances have their content elsewhere than in their names: they would be saved as empty. */
const isPlain = (tree: State): boolean => {
  const prototype = Object.getPrototypeOf(tree);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};

const scalarText = (value: Scalar, path: string): string => {
  if (Array.isArray(value)) return `[${value.map((item) => scalarText(item, path)).join()}]`;
  if (typeof value === 'number') {
    if (Object.is(value, -0)) return '-0.0';
    return Number.isFinite(value) ? String(value) : `{"number":"${value}"}`;
  }
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  throw unusable(
    `state ${JSON.stringify(path)} is a ${typeof value}, which cannot be saved; leave it out or save a number`,
  );
};

/** @throws CheckpointError for names and values that cannot be saved. */
export const flattenState = (state: State, pieces: Pieces = new Map()): Safetensors => {
  const tensors = new Map<string, ArrayValue>();
  const metadata = new Map<string, string>();
  const arrays: string[] = [];
  const visit = (value: StateValue, path: string): void => {
    if (isTypedArray(value)) {
      arrays.push(path);
      tensors.set(path, { shape: [value.length], data: value });
    } else if (isArrayValue(value)) {
      if (Object.keys(value).length !== 2) {
        throw unusable(
          `state ${JSON.stringify(path)} is a tensor with more than shape and data; save the rest apart`,
        );
      }
      tensors.set(path, value);
    } else if (isScalar(value)) {
      metadata.set(path, scalarText(value, path));
    } else if (isState(value)) {
      visitTree(value, path);
    } else {
      metadata.set(path, `{"list":${value.length}}`);
      value.forEach((item, index) => {
        const below = `${path}/${index}`;
        checkName(String(index), below);
        visit(item, below);
      });
    }
  };
  const visitTree = (tree: State, path: string): void => {
    const piece = pieces.get(tree);
    if (piece !== undefined) {
      metadata.set(path, `{"piece":"${piece}"}`);
      return;
    }
    if (!isPlain(tree)) {
      const name = tree.constructor?.name ?? 'thing';
      throw unusable(`state ${JSON.stringify(path)} is a ${name}, which cannot be saved; save plain data`);
    }
    const names = Object.keys(tree);
    if (names.length === 0 && path !== '') metadata.set(path, '{"tree":0}');
    for (const name of names) {
      const below = path === '' ? name : `${path}/${name}`;
      checkName(name, below);
      visit(tree[name], below);
    }
  };
  visitTree(state, '');
  if (arrays.length > 0) metadata.set(ARRAYS, JSON.stringify(arrays.sort()));
  return { tensors, metadata };
};

type Branch = Map<string, StateValue | Branch>;

const parse = (text: string, path: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw unusable(`state ${JSON.stringify(path)} is not JSON`);
  }
};

const parseScalar = (value: unknown, path: string, depth = 0): Scalar => {
  if (Array.isArray(value)) {
    if (depth > DEEPEST) throw unusable(`state ${JSON.stringify(path)} is nested too deep`);
    return value.map((item) => parseScalar(item, path, depth + 1));
  }
  if (value === null || typeof value !== 'object') return value as Scalar;
  const number = (value as { number?: unknown }).number;
  if (number !== 'NaN' && number !== 'Infinity' && number !== '-Infinity') {
    throw unusable(`state ${JSON.stringify(path)} holds an unknown JSON object`);
  }
  return Number(number);
};

const pieceOf = (marker: object): string | undefined =>
  'piece' in marker && typeof marker.piece === 'string' && pieceName.test(marker.piece)
    ? marker.piece
    : undefined;

/** The files that a flat state refers to. */
export const piecesIn = ({ metadata }: Safetensors): string[] => {
  const found = new Set<string>();
  for (const [path, text] of metadata) {
    if (!text.startsWith('{"piece"')) continue;
    const piece = pieceOf(parse(text, path) as object);
    if (piece !== undefined) found.add(piece);
  }
  return [...found];
};

/**
 * The tree that {@link flattenState} flattened, with its names in sorted order. Other entries whose name starts with
 * `murmuration:` are left to the caller.
 * @param pieces the trees of other files, by name; in the place of those that are missing stands one that says so
 * @throws CheckpointError for anything that no state flattens to.
 */
export const unflattenState = (
  { tensors, metadata }: Safetensors,
  pieces: ReadonlyMap<string, State> = new Map(),
): State => {
  const arrays = parse(metadata.get(ARRAYS) ?? '[]', ARRAYS);
  const bare = new Set<unknown>(Array.isArray(arrays) ? arrays : []);
  const lists = new Map<Branch, number>();
  const root: Branch = new Map();

  /** Opens the branches on the way to a path and puts the value at its end. */
  const put = (path: string, value: StateValue | Branch): void => {
    const names = path.split('/');
    for (const name of names) checkName(name, path);
    const last = names.pop()!;
    let branch = root;
    for (const name of names) {
      const next = branch.get(name) ?? new Map();
      if (!(next instanceof Map)) throw unusable(`state ${JSON.stringify(path)} lies below a value`);
      branch.set(name, next);
      branch = next;
    }
    if (branch.has(last)) throw unusable(`state ${JSON.stringify(path)} is there twice`);
    branch.set(last, value);
  };

  // Sorted, a path comes before those below it: a list's marker before its items.
  const paths = [...tensors.keys(), ...metadata.keys()]
    .filter((path) => !path.startsWith('murmuration:'))
    .sort();
  for (const path of paths) {
    const tensor = tensors.get(path);
    if (tensor !== undefined) put(path, bare.has(path) && tensor.shape.length === 1 ? tensor.data : tensor);
    const text = metadata.get(path);
    if (text === undefined) continue;
    const value = parse(text, path);
    const marker = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
    const piece = marker && pieceOf(marker);
    if (piece !== undefined) {
      put(path, pieces.get(piece) ?? absentTree(piece));
    } else if (marker !== undefined && ('list' in marker || 'tree' in marker)) {
      const branch: Branch = new Map();
      if ('list' in marker) lists.set(branch, Number(marker.list));
      put(path, branch);
    } else {
      put(path, parseScalar(value, path));
    }
  }

  const close = (branch: Branch, path: string): StateValue => {
    const length = lists.get(branch);
    const below = (name: string): StateValue => {
      const value = branch.get(name);
      if (value === undefined)
        throw unusable(`state "${path}" should be a list of ${length} but lacks ${name}`);
      return value instanceof Map ? close(value, path === '' ? name : `${path}/${name}`) : value;
    };
    if (length === undefined) {
      return Object.fromEntries([...branch.keys()].map((name) => [name, below(name)]));
    }
    if (branch.size !== length)
      throw unusable(`state "${path}" should be a list of ${length} but has ${branch.size}`);
    return Array.from({ length }, (_, index) => below(String(index)));
  };
  return close(root, '') as State;
};
