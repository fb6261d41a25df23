/** A transpose with axes of size 1 dropped and axes that stay side by side merged: what really has to move. */
export interface Permutation {
  readonly shape: readonly number[];
  /** `order[i]` is the axis of the input that becomes axis `i`. */
  readonly order: readonly number[];
}

export const simplify = (shape: readonly number[], order: readonly number[]): Permutation => {
  // Runs of axes that follow each other in the input as in the output.
  const runs: number[][] = [];
  for (const axis of order) {
    if (shape[axis] === 1) continue;
    const run = runs[runs.length - 1];
    const next =
      run && shape.findIndex((length, candidate) => candidate > run[run.length - 1] && length !== 1);
    if (run && next === axis) run.push(axis);
    else runs.push([axis]);
  }
  const sorted = [...runs].sort((a, b) => a[0] - b[0]);
  return {
    shape: sorted.map((run) => run.reduce((product, axis) => product * shape[axis], 1)),
    order: runs.map((run) => sorted.indexOf(run)),
  };
};

const strides = (shape: readonly number[]): number[] => {
  const result = new Array<number>(shape.length).fill(1);
  for (let axis = shape.length - 2; axis >= 0; axis--) result[axis] = result[axis + 1] * shape[axis + 1];
  return result;
};

/** The arguments of the kernel `permute` after the addresses: three outer axes, then a matrix. `undefined`: too many axes. */
export const moves = ({ shape, order }: Permutation): number[] | undefined => {
  const rank = shape.length;
  const outputShape = order.map((axis) => shape[axis]);
  const [from, to] = [strides(shape), strides(outputShape)];
  const outputAxis = shape.map((_, axis) => order.indexOf(axis));
  const last = rank - 1;
  const turned = order[last] !== last;
  // A turned matrix: the input's last axis and the axis that becomes last. Else: the last axis and the one before it.
  const row = turned ? order[last] : order[last - 1];
  const outer = order.filter((axis) => axis !== row && axis !== last);
  if (outer.length > 3) return undefined;
  const loops = [
    ...outer.map((axis) => [shape[axis], 4 * from[axis], 4 * to[outputAxis[axis]]]),
    [1, 0, 0],
    [1, 0, 0],
    [1, 0, 0],
  ];
  const columnStride = turned ? to[outputAxis[last]] : to[outputAxis[row]];
  return [
    ...loops.slice(0, 3).flat(),
    Number(turned),
    shape[row],
    shape[last],
    4 * from[row],
    4 * columnStride,
  ];
};
