import { CheckpointError, ConfigurationError } from './errors';
import type { Random } from './random';
import { type State, stateArray, stateNumber, stateTree } from './state';

type Column = Float32Array | Int32Array | Uint8Array;
type ColumnType<C extends Column> = { new (length: number): C };

/** One field of a stored transition: its array type and how many entries a transition has of it. */
export interface Field<C extends Column = Column> {
  readonly type: ColumnType<C>;
  readonly width: number;
}

/** For each field its values, `[row, width]`. */
export type Rows<Fields extends Readonly<Record<string, Field>>> = {
  readonly [Name in keyof Fields]: Fields[Name] extends Field<infer C> ? C : never;
};

/** The last `capacity` transitions, in typed arrays. */
export interface ReplayBuffer<Fields extends Readonly<Record<string, Field>>> {
  /** How many transitions are stored. */
  readonly size: number;
  /**
   * Where the next transition goes; the oldest makes room. Write its fields at `row * width` of each column.
   */
  append(): number;
  /** All of memory, `[capacity, width]` for each field. */
  readonly columns: Rows<Fields>;
  /**
   * Copy `count` transitions, drawn uniformly with replacement.
   * @returns rows that the next call overwrites, `[count, width]` for each field.
   */
  sample(random: Random, count: number): Rows<Fields>;
  save(): State;
  restore(state: State): void;
}

/**
 * @param capacity most transitions that are kept.
 * @throws ConfigurationError where it is not a positive integer.
 */
export const createReplayBuffer = <Fields extends Readonly<Record<string, Field>>>(
  capacity: number,
  fields: Fields,
): ReplayBuffer<Fields> => {
  if (!Number.isInteger(capacity) || capacity < 1) {
    throw new ConfigurationError(
      '@murmuration/core',
      `capacity of a replay buffer is ${capacity}; give a positive integer`,
    );
  }
  const names = Object.keys(fields);
  const allocate = (rows: number): Record<string, Column> =>
    Object.fromEntries(names.map((name) => [name, new fields[name].type(rows * fields[name].width)]));
  const columns = allocate(capacity);
  let batch = allocate(0);
  let batchSize = 0;
  let size = 0;
  let next = 0;
  return {
    get size() {
      return size;
    },
    columns: columns as Rows<Fields>,
    append() {
      const row = next;
      next = (next + 1) % capacity;
      size = Math.min(size + 1, capacity);
      return row;
    },
    sample(random, count) {
      if (size === 0)
        throw new ConfigurationError(
          '@murmuration/core',
          'the replay buffer is empty; store before sampling',
        );
      if (batchSize !== count) {
        batch = allocate(count);
        batchSize = count;
      }
      for (let row = 0; row < count; row++) {
        const from = random.integer(size);
        for (const name of names) {
          const { width } = fields[name];
          const source = columns[name];
          const target = batch[name];
          for (let entry = 0; entry < width; entry++)
            target[row * width + entry] = source[from * width + entry];
        }
      }
      return batch as Rows<Fields>;
    },
    // Rows beyond `size` were never written; the rest stays in place, so that a restored buffer samples alike.
    save: () => ({
      size,
      next,
      columns: Object.fromEntries(
        names.map((name) => [name, columns[name].slice(0, size * fields[name].width)]),
      ),
    }),
    restore(state) {
      const stored = stateNumber(state, 'size');
      const following = stateNumber(state, 'next');
      if (!(stored >= 0 && stored <= capacity && following >= 0 && following < capacity)) {
        throw new CheckpointError(
          '@murmuration/core',
          `a replay buffer of ${stored} transitions does not fit a capacity of ${capacity}; resume with the same capacity`,
        );
      }
      const saved = stateTree(state, 'columns');
      for (const name of names) {
        const { type, width } = fields[name];
        columns[name].set(stateArray(saved, name, type as ColumnType<Float32Array>, stored * width));
      }
      size = stored;
      next = following;
    },
  };
};
