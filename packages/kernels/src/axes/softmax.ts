import type { SoftmaxAttrs, TensorInfo } from '@tensorflow/tfjs-core';
import { size } from '../elementwise/functions.js';
import { address } from '../wasm/backend.js';
import { kernel } from '../wasm/replace.js';

/** `Softmax` along the last axis. */
export const softmax = kernel(({ inputs: { logits }, attrs, instance, backend }): TensorInfo | undefined => {
  const { dim } = attrs as unknown as SoftmaxAttrs;
  if (logits.dtype !== 'float32' || dim !== logits.shape.length - 1) return undefined;
  const output = backend.makeOutput(logits.shape, 'float32');
  const count = logits.shape[dim];
  if (size(logits.shape) === 0) return output;
  const scratch = instance.scratch(16);
  const [from, to] = [address(backend, logits), address(backend, output)];
  instance.kernels.softmax(from, 0, 0, to, size(logits.shape) / count, count, 0, scratch);
  return output;
});
