import type { Random } from '../random';

/** 0 … count − 1 in random order, each order equally likely (Fisher and Yates). */
export const permutation = (random: Random, count: number): Int32Array => {
  const order = Int32Array.from({ length: count }, (_, index) => index);
  for (let index = count - 1; index > 0; index--) {
    const other = random.integer(index + 1);
    const kept = order[index];
    order[index] = order[other];
    order[other] = kept;
  }
  return order;
};

/** Cut a list into `parts` of nearly equal lengths, the longer ones first; views, not copies. */
export const partition = (list: Int32Array, parts: number): Int32Array[] =>
  Array.from({ length: parts }, (_, part) =>
    list.subarray(Math.ceil((part * list.length) / parts), Math.ceil(((part + 1) * list.length) / parts)),
  );

/** From so many entries on, copying a row at once is faster than entry by entry. */
const longRow = 16;

type Column = Float32Array | Int32Array | Uint8Array;

/** Copy rows of `[row, width]` into a new array, in the order in which they are named. */
export const gatherRows = <Values extends Column>(
  source: Values,
  width: number,
  rows: Int32Array,
): Values => {
  const gathered = new (source.constructor as new (length: number) => Values)(rows.length * width);
  for (let row = 0; row < rows.length; row++) {
    const from = rows[row] * width;
    const to = row * width;
    if (width >= longRow) gathered.set(source.subarray(from, from + width), to);
    else for (let entry = 0; entry < width; entry++) gathered[to + entry] = source[from + entry];
  }
  return gathered;
};
