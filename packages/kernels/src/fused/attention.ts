import {
  div,
  expandDims,
  fill,
  matMul,
  reshape,
  type Tensor,
  transpose,
  where,
  zeros,
} from '@tensorflow/tfjs-core';
import { address } from '../wasm/backend.js';
import { checkInputs } from './check.js';
import { call, type Fused, type FusedOperation, fuses, keepOrFree, runFused } from './define.js';
import { hidden, softmaxInOperations } from './softmax.js';

/** Bytes from one element's mask to the next: a mask of one serves all. */
const maskStep = (mask: { readonly shape: readonly number[] }): number =>
  mask.shape[0] === 1 ? 0 : mask.shape[1] * mask.shape[2];

/** Attention in plain operations of tfjs. */
export const attentionInOperations = (
  q: Tensor,
  k: Tensor,
  v: Tensor,
  heads: number,
  mask?: Tensor,
): Tensor => {
  const [batch, queries, features]: number[] = q.shape;
  const width = features / heads;
  const apart = (x: Tensor) =>
    transpose(reshape(x, [batch, x.shape[1] as number, heads, width]), [0, 2, 1, 3]);
  const scores = div(matMul(apart(q), apart(k), false, true), Math.sqrt(width));
  const seen = mask ? where(expandDims(mask, 1), scores, fill(scores.shape, hidden)) : scores;
  const mixed = matMul(softmaxInOperations(seen), apart(v));
  return reshape(transpose(mixed, [0, 2, 1, 3]), [batch, queries, features]);
};

export const attentionKernel: FusedOperation = {
  kernelName: 'MurmurationAttention',
  run: ({ inputs: { q, k, v, mask }, attrs, instance, backend }) => {
    const [batch, queries, features]: number[] = q.shape;
    const keys = k.shape[1];
    const heads = attrs.heads as number;
    const output = backend.makeOutput(q.shape, 'float32');
    const weights = backend.makeOutput([batch, heads, queries, keys], 'float32');
    const scratch = instance.scratch(instance.kernels.multiplyScratch());
    const [qs, ks, vs, to, w] = [q, k, v, output, weights].map((each) => address(backend, each));
    const [at, step] = mask ? [address(backend, mask), maskStep(mask)] : [0, 0];
    instance.kernels.attention(
      ...([qs, ks, vs, at, step, to, w, batch, heads, queries, keys, features / heads] as const),
      scratch,
    );
    keepOrFree({ attrs, backend }, weights);
    return output;
  },
  gradient: ([dy], saved, { heads }) => {
    const [q, k, v, ...rest] = saved;
    const weights = rest[rest.length - 1];
    const inputs = { dy, q, k, v, weights };
    const [dq, dk, dv] = call<Tensor[]>(
      attentionGradient.kernelName,
      rest.length > 1 ? { ...inputs, mask: rest[0] } : inputs,
      { heads },
    );
    return { q: () => dq, k: () => dk, v: () => dv, mask: () => zeros(rest[0].shape) };
  },
  composed: ({ q, k, v, mask }, { heads }) => [attentionInOperations(q, k, v, heads as number, mask)],
};

export const attentionGradient: Fused = {
  kernelName: 'MurmurationAttentionGradient',
  run: ({ inputs: { dy, q, k, v, weights, mask }, attrs, instance, backend }) => {
    const [batch, queries, features]: number[] = q.shape;
    const keys = k.shape[1];
    const heads = attrs.heads as number;
    const outputs = [q, k, v].map(({ shape }) => backend.makeOutput(shape, 'float32'));
    const products = instance.kernels.multiplyScratch();
    const scratch = instance.scratch(products + 4 * queries * keys);
    const [d, qs, ks, vs, w] = [dy, q, k, v, weights].map((each) => address(backend, each));
    const [dq, dk, dv] = outputs.map((each) => address(backend, each));
    const [at, step] = mask ? [address(backend, mask), maskStep(mask)] : [0, 0];
    instance.kernels.attentionGradient(
      ...([d, qs, ks, vs, at, step, w, dq, dk, dv, batch, heads, queries, keys] as const),
      ...([features / heads, scratch + products, scratch] as const),
    );
    return outputs;
  },
};

/**
 * Scaled dot-product attention of several heads (Vaswani et al. 2017). A head's part of the features lies side by side.
 * @param q  `[batch, queries, features]`
 * @param k  `[batch, keys, features]`
 * @param v  `[batch, keys, features]`
 * @param heads  divides `features`
 * @param mask  bool `[batch or 1, queries, keys]`: false hides a key from a query
 * @returns `[batch, queries, features]`
 */
export const attention = (q: Tensor, k: Tensor, v: Tensor, heads: number, mask?: Tensor): Tensor => {
  const [batch, queries, features] = [q.shape[0] ?? 0, q.shape[1] ?? 0, q.shape[2] ?? 0];
  const keys = k.shape[1] ?? 0;
  checkInputs('attention', {
    q: { tensor: q, shape: [-1, -1, -1] },
    k: { tensor: k, shape: [batch, -1, features] },
    v: { tensor: v, shape: [batch, keys, features] },
  });
  if (!Number.isInteger(heads) || heads < 1 || features % heads !== 0) {
    throw new Error(
      `@murmuration/kernels: attention needs heads to divide ${features} features, found ${heads}`,
    );
  }
  if (mask) {
    const shape = [mask.shape[0] === 1 ? 1 : batch, queries, keys];
    checkInputs('attention', { mask: { tensor: mask, shape, dtype: 'bool' } });
  }
  if (!fuses()) return attentionInOperations(q, k, v, heads, mask);
  const inputs: Record<string, Tensor> = mask ? { q, k, v, mask } : { q, k, v };
  return runFused(attentionKernel, inputs, { heads });
};
