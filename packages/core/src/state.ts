import { CheckpointError } from './errors';
import { fileOfAbsent } from './sealed';

/** The array types that a checkpoint can hold: those that have a safetensors dtype. */
export type TypedArray =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array;

/** A tensor's values outside the backend, row-major: `data.length` is the product of `shape`. */
export interface ArrayValue<Data extends TypedArray = TypedArray> {
  readonly shape: readonly number[];
  readonly data: Data;
}

/** What a state holds. Numbers may be NaN, infinite or -0: all survive a checkpoint. */
export type StateValue =
  | number
  | string
  | boolean
  | null
  | TypedArray
  | ArrayValue
  | readonly StateValue[]
  | State;

/**
 * The whole state of a learner, an environment or a random stream, as plain data.
 * Names hold no `/`, which joins them into paths. A checkpoint gives names back in sorted order,
 * so that what restores a state asks for names and never relies on their order.
 */
export interface State {
  readonly [name: string]: StateValue;
}

interface TypedArrayConstructor<Data extends TypedArray> {
  new (length: number): Data;
  readonly name: string;
}

export const isTypedArray = (value: unknown): value is TypedArray =>
  ArrayBuffer.isView(value) && !(value instanceof DataView);

/** Whether a value is a tensor with its shape, not a tree that happens to have these names. */
export const isArrayValue = (value: unknown): value is ArrayValue =>
  typeof value === 'object' &&
  value !== null &&
  'shape' in value &&
  'data' in value &&
  Array.isArray(value.shape) &&
  isTypedArray(value.data);

export const isState = (value: unknown): value is State =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !isTypedArray(value) &&
  !isArrayValue(value);

/** Where a subtree was found, so that an error deep inside still names its whole path. */
const places = new WeakMap<object, string>();

const pathOf = (state: State, name: string): string => {
  const place = places.get(state);
  return place === undefined ? name : `${place}/${name}`;
};

const describe = (value: StateValue): string => {
  if (typeof value === 'string') return `the string ${JSON.stringify(value.slice(0, 40))}`;
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return String(value);
  if (isTypedArray(value)) return `a ${value.constructor.name} of length ${value.length}`;
  if (isArrayValue(value)) return `a ${value.data.constructor.name} tensor of shape [${value.shape}]`;
  return Array.isArray(value) ? `a list of length ${value.length}` : 'a tree';
};

const wrong = (path: string, expected: string, found: string): CheckpointError =>
  new CheckpointError(
    '@murmuration/core',
    `state "${path}" should be ${expected} but is ${found}; restore it with the algorithm, environment and options that saved it`,
  );

const valueAt = (state: State, name: string, expected: string): StateValue => {
  const file = fileOfAbsent(state);
  if (file !== undefined) {
    throw new CheckpointError(
      '@murmuration/core',
      `state "${pathOf(state, name)}" lies in ${file}, beside the checkpoint, and was not loaded; resume the run from its directory`,
    );
  }
  if (!Object.hasOwn(state, name)) throw wrong(pathOf(state, name), expected, 'missing');
  return state[name];
};

/** The number called `name`; {@link CheckpointError} if it is missing or something else, as for all that follow. */
export const stateNumber = (state: State, name: string): number => {
  const value = valueAt(state, name, 'a number');
  if (typeof value !== 'number') throw wrong(pathOf(state, name), 'a number', describe(value));
  return value;
};

export const stateString = (state: State, name: string): string => {
  const value = valueAt(state, name, 'a string');
  if (typeof value !== 'string') throw wrong(pathOf(state, name), 'a string', describe(value));
  return value;
};

export const stateBoolean = (state: State, name: string): boolean => {
  const value = valueAt(state, name, 'true or false');
  if (typeof value !== 'boolean') throw wrong(pathOf(state, name), 'true or false', describe(value));
  return value;
};

/** A list of any values, of the given length if one is given. */
export const stateList = (state: State, name: string, length?: number): readonly StateValue[] => {
  const expected = length === undefined ? 'a list' : `a list of length ${length}`;
  const value = valueAt(state, name, expected);
  if (!Array.isArray(value) || (length !== undefined && value.length !== length)) {
    throw wrong(pathOf(state, name), expected, describe(value));
  }
  return value;
};

/** A list of numbers, such as the words of a random stream. */
export const stateNumbers = (state: State, name: string, length?: number): readonly number[] =>
  stateList(state, name, length).map((value, index) => {
    if (typeof value !== 'number') {
      throw wrong(`${pathOf(state, name)}/${index}`, 'a number', describe(value));
    }
    return value;
  });

/** A subtree. */
export const stateTree = (state: State, name: string): State => {
  const value = valueAt(state, name, 'a tree');
  if (!isState(value)) throw wrong(pathOf(state, name), 'a tree', describe(value));
  places.set(value, pathOf(state, name));
  return value;
};

/** A list of subtrees, such as one for each agent. */
export const stateTrees = (state: State, name: string, length?: number): readonly State[] =>
  stateList(state, name, length).map((value, index) => {
    const path = `${pathOf(state, name)}/${index}`;
    if (!isState(value)) throw wrong(path, 'a tree', describe(value));
    places.set(value, path);
    return value;
  });

/** A typed array of the given type (not a copy), of the given length if one is given. */
export const stateArray = <Data extends TypedArray>(
  state: State,
  name: string,
  type: TypedArrayConstructor<Data>,
  length?: number,
): Data => {
  const expected = `a ${type.name}${length === undefined ? '' : ` of length ${length}`}`;
  const value = valueAt(state, name, expected);
  if (!(value instanceof type) || (length !== undefined && value.length !== length)) {
    throw wrong(pathOf(state, name), expected, describe(value));
  }
  return value;
};

/** A tensor of the given type (not a copy), of the given shape if one is given. */
export const stateTensor = <Data extends TypedArray = Float32Array>(
  state: State,
  name: string,
  shape?: readonly number[],
  type?: TypedArrayConstructor<Data>,
): ArrayValue<Data> => {
  const dataType = type ?? Float32Array;
  const expected = `a ${dataType.name} tensor${shape === undefined ? '' : ` of shape [${shape}]`}`;
  const value = valueAt(state, name, expected);
  if (
    !isArrayValue(value) ||
    !(value.data instanceof dataType) ||
    (shape !== undefined &&
      (shape.length !== value.shape.length || shape.some((n, i) => n !== value.shape[i])))
  ) {
    throw wrong(pathOf(state, name), expected, describe(value));
  }
  return value as ArrayValue<Data>;
};
