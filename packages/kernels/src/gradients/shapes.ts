import * as tf from '@tensorflow/tfjs-core';
import { sumOver } from './broadcast.js';
import { gradient, gradientOfOutputs, renewed, zeros } from './gradient.js';

const reshaped = (kernelName: string, input: string): tf.GradConfig =>
  gradient(kernelName, { inputs: [input] }, (dy, [x]) => ({ [input]: () => renewed(dy, x.shape) }));

/** A cast to whole numbers is constant between its jumps: zero. To floats it changes nothing. */
const cast = gradient('Cast', { inputs: ['x'] }, (dy, [x], { dtype }: tf.CastAttrs) => ({
  x: dtype === 'float32' ? () => renewed(dy) : zeros(x),
}));

const axisOf = (axis: number, shape: number[]): number => tf.util.parseAxisParam(axis, shape)[0];

const concat = gradient('Concat', { allInputs: true }, (dy, inputs, { axis }: tf.ConcatAttrs) => {
  const along = axisOf(axis, inputs[0].shape);
  let start = 0;
  return Object.fromEntries(
    inputs.map((input, index) => {
      const begin = new Array<number>(input.rank).fill(0);
      begin[along] = start;
      start += input.shape[along];
      return [index, () => tf.slice(dy, begin, input.shape)];
    }),
  );
});

const pack = gradient('Pack', { allInputs: true }, (dy, inputs, { axis }: tf.PackAttrs) => {
  const along = axisOf(axis, dy.shape);
  const size = dy.shape.map((length, index) => (index === along ? 1 : length));
  return Object.fromEntries(
    inputs.map((input, index) => {
      const begin = new Array<number>(dy.rank).fill(0);
      begin[along] = index;
      return [index, () => tf.reshape(tf.slice(dy, begin, size), input.shape)];
    }),
  );
});

const unpack = gradientOfOutputs('Unpack', {}, (dys, _, { axis }: tf.UnpackAttrs) => ({
  value: () => tf.stack(dys, axis),
}));

const splitV = gradientOfOutputs('SplitV', {}, (dys, _, { axis }: tf.SplitVAttrs) => ({
  x: () => (dys.length === 1 ? renewed(dys[0]) : tf.concat(dys, axis)),
}));

const slice = gradient('Slice', { inputs: ['x'] }, (dy, [x], attributes: tf.SliceAttrs) => ({
  x: () => {
    const [begin, size] = tf.slice_util.parseSliceParams(x, attributes.begin, attributes.size);
    const paddings = begin.map((start, axis): [number, number] => [
      start,
      x.shape[axis] - start - size[axis],
    ]);
    return paddings.length === 0 ? renewed(dy) : tf.pad(dy, paddings);
  },
}));

const padV2 = gradient('PadV2', { inputs: ['x'] }, (dy, [x], { paddings }: tf.PadV2Attrs) => ({
  x: () =>
    tf.slice(
      dy,
      paddings.map(([before]) => before),
      x.shape,
    ),
}));

/** Adds what a mirrored border holds back to the elements it mirrors, one axis of `dy`. */
function foldMirror(dy: tf.Tensor, axis: number, [before, after]: [number, number], edge: number): tf.Tensor {
  const length = dy.shape[axis] - before - after;
  const part = (start: number, count: number): tf.Tensor => {
    const begin = dy.shape.map((_, index) => (index === axis ? start : 0));
    return tf.slice(
      dy,
      begin,
      dy.shape.map((full, index) => (index === axis ? count : full)),
    );
  };
  const mirrored = (start: number, count: number, first: number): tf.Tensor => {
    const paddings = dy.shape.map((_, index): [number, number] =>
      index === axis ? [first, length - first - count] : [0, 0],
    );
    return tf.pad(tf.reverse(part(start, count), axis), paddings);
  };
  let folded = part(before, length);
  if (before > 0) folded = tf.add(folded, mirrored(0, before, edge));
  if (after > 0) folded = tf.add(folded, mirrored(before + length, after, length - after - edge));
  return folded;
}

/** `reflect` leaves the edge element out of the mirror image, `symmetric` repeats it. */
const mirrorPad = gradient('MirrorPad', {}, (dy, _, { paddings, mode }: tf.MirrorPadAttrs) => ({
  x: () => {
    const edge = mode === 'reflect' ? 1 : 0;
    return paddings.reduce<tf.Tensor>(
      (folded, padding, axis) =>
        Math.max(...padding) > 0 ? foldMirror(folded, axis, padding, edge) : folded,
      renewed(dy),
    );
  },
}));

/** Every repeated axis of dy is split in (repeat, element), and summed over the repeats. */
const tile = gradient('Tile', { inputs: ['x'] }, (dy, [x], { reps }: tf.TileAttrs) => ({
  x: () => {
    const split: number[] = [];
    const repeats: number[] = [];
    x.shape.forEach((length, axis) => {
      if (reps[axis] > 1) repeats.push(split.push(reps[axis]) - 1);
      if (reps[axis] === 1 || length > 1) split.push(length);
    });
    return tf.reshape(sumOver(tf.reshape(dy, split), repeats), x.shape);
  },
}));

const transpose = gradient('Transpose', {}, (dy, _, { perm }: tf.TransposeAttrs) => ({
  x: () =>
    tf.transpose(
      dy,
      perm.map((__, axis) => perm.indexOf(axis)),
    ),
}));

const reverse = gradient('Reverse', {}, (dy, _, { dims }: tf.ReverseAttrs) => ({
  x: () => tf.reverse(dy, dims),
}));

const spaceToBatch = gradient(
  'SpaceToBatchND',
  {},
  (dy, _, { blockShape, paddings }: tf.SpaceToBatchNDAttrs) => ({
    x: () => tf.batchToSpaceND(dy, blockShape, paddings),
  }),
);

const batchToSpace = gradient(
  'BatchToSpaceND',
  {},
  (dy, _, { blockShape, crops }: tf.BatchToSpaceNDAttrs) => ({
    x: () => tf.spaceToBatchND(dy, blockShape, crops),
  }),
);

export const shapes: readonly tf.GradConfig[] = [
  reshaped('Reshape', 'x'),
  reshaped('ExpandDims', 'input'),
  reshaped('Identity', 'x'),
  ...[cast, concat, pack, unpack, splitV, slice, padV2, mirrorPad, tile, transpose, reverse],
  ...[spaceToBatch, batchToSpace],
];
