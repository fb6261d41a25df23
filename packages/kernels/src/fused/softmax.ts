import { exp, fill, log, max, sub, sum, type Tensor, where, zeros } from '@tensorflow/tfjs-core';
import { size } from '../elementwise/functions.js';
import { address } from '../wasm/backend.js';
import { checkInputs } from './check.js';
import { call, type Fused, type FusedOperation, fuses, runFused } from './define.js';

/** What a hidden entry becomes before the softmax; its probability is then exactly 0 beside one that is not hidden. */
export const hidden = -1e9;

/** log softmax(x) over the last axis, entries with a false mask hidden, in plain operations. */
export const logSoftmaxInOperations = (x: Tensor, mask?: Tensor): Tensor => {
  const seen = mask ? where(mask, x, fill(x.shape, hidden)) : x;
  // Less the largest first: beside it the logarithm of the sum would lose its digits.
  const shifted = sub(seen, max(seen, -1, true));
  return sub(shifted, log(sum(exp(shifted), -1, true)));
};

/** softmax(x) over the last axis, entries with a false mask hidden, in plain operations. */
export const softmaxInOperations = (x: Tensor, mask?: Tensor): Tensor => exp(logSoftmaxInOperations(x, mask));

const inOperations = (logarithm: boolean) => (logarithm ? logSoftmaxInOperations : softmaxInOperations);

const rowsAndCount = (shape: readonly number[]): [number, number] => [
  size(shape.slice(0, -1)),
  shape[shape.length - 1],
];

export const softmaxGradient: Fused = {
  kernelName: 'MurmurationSoftmaxGradient',
  run: ({ inputs: { dy, y, mask }, attrs, instance, backend }) => {
    const output = backend.makeOutput(y.shape, 'float32');
    const [d, from, to] = [dy, y, output].map((each) => address(backend, each));
    const at = mask ? address(backend, mask) : 0;
    instance.kernels.softmaxGradient(from, d, at, to, ...rowsAndCount(y.shape), Number(attrs.logarithm), 1);
    return output;
  },
};

export const softmaxKernel: FusedOperation = {
  kernelName: 'MurmurationSoftmax',
  run: ({ inputs: { x, mask }, attrs, instance, backend }) => {
    const output = backend.makeOutput(x.shape, 'float32');
    const [rows, count] = rowsAndCount(x.shape);
    const scratch = instance.scratch(4 * count);
    const [from, to] = [address(backend, x), address(backend, output)];
    const at = mask ? address(backend, mask) : 0;
    instance.kernels.softmax(from, at, hidden, to, rows, count, Number(attrs.logarithm), scratch);
    return output;
  },
  gradient: ([dy], [, ...rest], { logarithm }) => {
    const y = rest[rest.length - 1];
    const inputs: Record<string, Tensor> = rest.length > 1 ? { dy, y, mask: rest[0] } : { dy, y };
    return {
      x: () => call(softmaxGradient.kernelName, inputs, { logarithm }),
      mask: () => zeros(dy.shape),
    };
  },
  composed: ({ x, mask }, { logarithm }) => [inOperations(logarithm as boolean)(x, mask)],
};

const run = (x: Tensor, mask: Tensor | undefined, logarithm: boolean): Tensor => {
  const operation = logarithm ? 'logSoftmax' : 'softmax';
  checkInputs(operation, { x: { tensor: x, shape: x.rank > 0 ? x.shape : [-1] } });
  if (mask) checkInputs(operation, { mask: { tensor: mask, shape: x.shape, dtype: 'bool' } });
  if (!fuses()) return inOperations(logarithm)(x, mask);
  const inputs: Record<string, Tensor> = mask ? { x, mask } : { x };
  return runFused(softmaxKernel, inputs, { logarithm }, (y) => [y]);
};

/**
 * Probabilities over the last axis.
 * @param x  logits, `[..., classes]`
 * @param mask  bool, of the same shape: false hides a class (probability 0). Where all are hidden, all are equal.
 */
export const softmax = (x: Tensor, mask?: Tensor): Tensor => run(x, mask, false);

/** Logarithms of probabilities over the last axis; as `softmax`, hidden classes near -1e9. */
export const logSoftmax = (x: Tensor, mask?: Tensor): Tensor => run(x, mask, true);
