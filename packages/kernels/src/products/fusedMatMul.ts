import type { _FusedMatMulAttrs, TensorInfo } from '@tensorflow/tfjs-core';
import { applyInPlace, type FunctionName, size } from '../elementwise/functions.js';
import { address } from '../wasm/backend.js';
import { kernel } from '../wasm/replace.js';
import { merged, multiply } from './multiply.js';
import { productShape } from './shape.js';

/** Activations applied to the finished product; a ReLU happens in its registers. */
const after: Readonly<Record<string, FunctionName | undefined>> = {
  relu6: 'relu6',
  elu: 'elu',
  sigmoid: 'sigmoid',
  leakyrelu: 'leakyRelu',
};

/** `_FusedMatMul`: product, bias and activation in one. PReLU and a bias that is no row stay with tfjs. */
export const fusedMatMul = kernel(({ inputs, attrs, instance, backend }): TensorInfo | undefined => {
  const { a, b, bias } = inputs;
  const { transposeA, transposeB, activation, leakyreluAlpha } = attrs as unknown as _FusedMatMulAttrs;
  if (a.dtype !== 'float32' || b.dtype !== 'float32') return undefined;
  if (activation !== 'linear' && activation !== 'relu' && !after[activation]) return undefined;
  const shape = productShape(a.shape, b.shape, transposeA, transposeB);
  if (bias && (bias.shape.length !== 1 || bias.shape[0] !== shape.n || bias.dtype !== 'float32'))
    return undefined;
  const output = backend.makeOutput(shape.output, 'float32');
  const c = address(backend, output);
  multiply(instance, merged(shape, transposeA), {
    a: address(backend, a),
    b: address(backend, b),
    c,
    transposeA,
    transposeB,
    bias: bias ? address(backend, bias) : 0,
    rectify: activation === 'relu',
  });
  const last = after[activation];
  if (last) applyInPlace(instance, last, c, size(shape.output), leakyreluAlpha ?? 0.2);
  return output;
});
