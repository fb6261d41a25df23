/** One of `size` choices, numbered from 0. In a frame it takes one float: its number. */
export interface DiscreteSpace {
  readonly kind: 'discrete';
  readonly size: number;
}

/** Real numbers, row-major. `low` and `high` bound every entry (one number) or each entry apart. */
export interface BoxSpace {
  readonly kind: 'box';
  readonly shape: readonly number[];
  readonly low: number | readonly number[];
  readonly high: number | readonly number[];
}

export type Space = DiscreteSpace | BoxSpace;

/** @param size how many choices there are; a positive integer. */
export const discrete = (size: number): DiscreteSpace => ({ kind: 'discrete', size });

/** @param shape for example `[3]` for a vector of three numbers. Unbounded where no bounds are given. */
export const box = (
  shape: readonly number[],
  low: number | readonly number[] = -Infinity,
  high: number | readonly number[] = Infinity,
): BoxSpace => ({ kind: 'box', shape, low, high });

const product = (shape: readonly number[]): number => shape.reduce((size, side) => size * side, 1);

/** How many floats a value of the space takes in a frame: 1 for a discrete space (its number). */
export const widthOf = (space: Space): number => (space.kind === 'discrete' ? 1 : product(space.shape));

/** How many features a network sees: a discrete value is shown one-hot, a box as it is. */
export const featuresOf = (space: Space): number =>
  space.kind === 'discrete' ? space.size : product(space.shape);

/** The bound of one entry of a box. */
export const boundOf = (bound: number | readonly number[], entry: number): number =>
  typeof bound === 'number' ? bound : bound[entry];

/** Whether `value`, `widthOf(space)` floats, lies in the space. */
export const contains = (space: Space, value: ArrayLike<number>): boolean => {
  if (value.length !== widthOf(space)) return false;
  if (space.kind === 'discrete') return Number.isInteger(value[0]) && value[0] >= 0 && value[0] < space.size;
  for (let entry = 0; entry < value.length; entry++) {
    const within = value[entry] >= boundOf(space.low, entry) && value[entry] <= boundOf(space.high, entry);
    if (!within) return false;
  }
  return true;
};

/**
 * Write what a network sees of a value: one-hot for a discrete space, a copy for a box.
 * @param features at least `offset + featuresOf(space)` long; the entries of this value are all written.
 */
export const encode = (
  space: Space,
  values: ArrayLike<number>,
  from: number,
  features: Float32Array,
  offset: number,
): void => {
  const count = featuresOf(space);
  if (space.kind === 'discrete') {
    features.fill(0, offset, offset + count);
    features[offset + values[from]] = 1;
  } else {
    for (let entry = 0; entry < count; entry++) features[offset + entry] = values[from + entry];
  }
};
