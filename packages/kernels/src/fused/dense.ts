import { add, matMul, relu, reshape, sigmoid, type Tensor, type Tensor2D, tanh } from '@tensorflow/tfjs-core';
import { applyInPlace, size } from '../elementwise/functions.js';
import { multiply } from '../products/multiply.js';
import type { ProductShape } from '../products/shape.js';
import { address } from '../wasm/backend.js';
import { call, type Fused, type FusedOperation, fuses, runFused } from './define.js';

/** Activations that a dense layer can apply itself: those whose derivative follows from their value. */
export type DenseActivation = 'linear' | 'relu' | 'tanh' | 'sigmoid';

const activate = { linear: (x: Tensor) => x, relu, tanh, sigmoid };

/** Codes of `assembly/denseGradient.ts`. */
const gradientCodes = { relu: 0, tanh: 1, sigmoid: 2 } as const;

const rowsOf = (x: Tensor): Tensor2D =>
  x.rank === 2 ? (x as Tensor2D) : reshape(x, [size(x.shape.slice(0, -1)), x.shape[x.rank - 1]]);

const shaped = (x: Tensor, shape: number[]): Tensor => (x.rank === shape.length ? x : reshape(x, shape));

/** activation(x · weight + bias), in plain operations. */
export const denseInOperations = (
  x: Tensor,
  weight: Tensor2D,
  bias: Tensor,
  activation: DenseActivation = 'linear',
): Tensor => {
  const z = add(matMul(rowsOf(x), weight), bias);
  return shaped(activate[activation](z), [...x.shape.slice(0, -1), weight.shape[1]]);
};

/**
 * From dy and y = f(z): the gradients of weight and bias, and dz = dy · f'(z) where that is not dy. All at once, since
 * weights are trained together; the gradient of `x` follows from dz where it is wanted.
 */
export const denseGradient: Fused = {
  kernelName: 'MurmurationDenseGradient',
  run: ({ inputs: { dy, x, y }, attrs, instance, backend }) => {
    const n = dy.shape[dy.shape.length - 1];
    const k = x.shape[x.shape.length - 1];
    const rows = size(dy.shape.slice(0, -1));
    const weight = backend.makeOutput([k, n], 'float32');
    const bias = backend.makeOutput([n], 'float32');
    const outputs = [weight, bias];
    const [from, sums] = [address(backend, dy), address(backend, bias)];
    let dz = from;
    if (attrs.activation === 'linear') instance.kernels.reduce(0, dz, 1, rows, n, sums, 1);
    else {
      const output = backend.makeOutput([rows, n], 'float32');
      outputs.push(output);
      dz = address(backend, output);
      const code = gradientCodes[attrs.activation as keyof typeof gradientCodes];
      instance.kernels.denseGradient(code, from, address(backend, y), dz, sums, rows, n);
    }
    const shape: ProductShape = { m: k, n, k: rows, output: [k, n], batch: 1, matrices: 'aligned' };
    const [a, c] = [address(backend, x), address(backend, weight)];
    multiply(instance, shape, { a, b: dz, c, transposeA: true, transposeB: false });
    return outputs;
  },
};

export const denseKernel: FusedOperation = {
  kernelName: 'MurmurationDense',
  run: ({ inputs: { x, weight, bias }, attrs, instance, backend }) => {
    const [k, n] = weight.shape;
    const m = size(x.shape.slice(0, -1));
    const shape = [...x.shape.slice(0, -1), n];
    const output = backend.makeOutput(shape, 'float32');
    const activation = attrs.activation as DenseActivation;
    const c = address(backend, output);
    multiply(
      instance,
      { m, n, k, output: shape, batch: 1, matrices: 'aligned' },
      {
        a: address(backend, x),
        b: address(backend, weight),
        c,
        transposeA: false,
        transposeB: false,
        bias: address(backend, bias),
        rectify: activation === 'relu',
      },
    );
    if (activation === 'tanh' || activation === 'sigmoid') applyInPlace(instance, activation, c, m * n);
    return output;
  },
  gradient: ([dy], [x, weight, , y], { activation }) => {
    const [dWeight, dBias, dz = rowsOf(dy)] = call<Tensor[]>(
      denseGradient.kernelName,
      { dy, x, y },
      { activation },
    );
    const product = { transposeA: false, transposeB: true };
    return {
      x: () => shaped(call('BatchMatMul', { a: dz, b: weight }, product), x.shape),
      weight: () => dWeight,
      bias: () => dBias,
    };
  },
  composed: ({ x, weight, bias }, { activation }) => [
    denseInOperations(x, weight as Tensor2D, bias, activation as DenseActivation),
  ],
};

/**
 * A dense layer: activation(x · weight + bias).
 * @param x  `[..., inputs]`
 * @param weight  `[inputs, units]`
 * @param bias  `[units]`
 * @returns `[..., units]`
 * @throws if shapes do not fit, a tensor is not float32, or there is no such activation
 */
export const dense = (
  x: Tensor,
  weight: Tensor2D,
  bias: Tensor,
  activation: DenseActivation = 'linear',
): Tensor => {
  if (
    x.rank < 1 ||
    weight.rank !== 2 ||
    weight.shape[0] !== x.shape[x.rank - 1] ||
    bias.rank !== 1 ||
    bias.shape[0] !== weight.shape[1]
  ) {
    const found = `x [${x.shape}], weight [${weight.shape}], bias [${bias.shape}]`;
    throw new Error(
      `@murmuration/kernels: dense needs x [..., i], weight [i, u] and bias [u], found ${found}`,
    );
  }
  if (x.dtype !== 'float32' || weight.dtype !== 'float32' || bias.dtype !== 'float32') {
    throw new Error(
      `@murmuration/kernels: dense needs float32, found ${x.dtype}, ${weight.dtype}, ${bias.dtype}`,
    );
  }
  if (!Object.hasOwn(activate, activation)) {
    const known = Object.keys(activate).join(', ');
    throw new Error(`@murmuration/kernels: dense knows the activations ${known}, found ${activation}`);
  }
  if (!fuses()) return denseInOperations(x, weight, bias, activation);
  return runFused(denseKernel, { x, weight, bias }, { activation }, (y) => [y]);
};
