import type { BatchMatMulAttrs, TensorInfo } from '@tensorflow/tfjs-core';
import { address } from '../wasm/backend.js';
import { kernel } from '../wasm/replace.js';
import { merged, multiply } from './multiply.js';
import { productShape } from './shape.js';

/** `BatchMatMul` in all four transpose cases, batch axes broadcast; float32 (tfjs has no other on WASM). */
export const batchMatMul = kernel(({ inputs, attrs, instance, backend }): TensorInfo | undefined => {
  const { a, b } = inputs;
  if (a.dtype !== 'float32' || b.dtype !== 'float32') return undefined;
  const { transposeA, transposeB } = attrs as unknown as BatchMatMulAttrs;
  const shape = productShape(a.shape, b.shape, transposeA, transposeB);
  const output = backend.makeOutput(shape.output, 'float32');
  multiply(instance, merged(shape, transposeA), {
    a: address(backend, a),
    b: address(backend, b),
    c: address(backend, output),
    transposeA,
    transposeB,
  });
  return output;
});
