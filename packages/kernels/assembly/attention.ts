/**
 * Scaled dot-product attention of several heads (Vaswani et al. 2017): queries, keys and values are `[batch, length,
 * heads * width]`, a head's part of a row lies side by side.
 */
import { multiply } from './product';
import { softmaxRows } from './softmax';
import { softmaxGradient } from './softmaxGradient';

/**
 * @param mask  0, or bytes `[queries, keys]` for each element of the batch (`maskBatch` bytes apart); 0 hides a key
 * @param weights  `[batch, heads, queries, keys]`: gets the softmax of the scores
 * @param scratch  that of `multiply`
 */
export function attention(
  q: usize, k: usize, v: usize, mask: usize, maskBatch: usize, y: usize, weights: usize,
  batch: i32, heads: i32, queries: i32, keys: i32, width: i32, scratch: usize,
): void {
  const head = <usize>width << 2;
  const stride = heads * head;
  const scoreRow = <usize>keys << 2;
  const factor: f32 = 1 / sqrt<f32>(<f32>width);
  for (; batch > 0; batch--) {
    for (let h = 0; h < heads; h++) {
      const at = h * head;
      multiply(q + at, stride, 0, k + at, stride, 1, weights, scoreRow, queries, keys, width, 0, 0, 0, scratch);
      softmaxRows(weights, mask, -1e9, weights, queries, keys, factor);
      multiply(weights, scoreRow, 0, v + at, stride, 0, y + at, stride, queries, width, keys, 0, 0, 0, scratch);
      weights += queries * scoreRow;
    }
    q += queries * stride;
    k += keys * stride;
    v += keys * stride;
    y += queries * stride;
    if (mask) mask += maskBatch;
  }
}

/** Gradients of queries, keys and values; `scores` is scratch for `[queries, keys]` floats. */
export function attentionGradient(
  dy: usize, q: usize, k: usize, v: usize, mask: usize, maskBatch: usize, weights: usize, dq: usize, dk: usize, dv: usize,
  batch: i32, heads: i32, queries: i32, keys: i32, width: i32, scores: usize, scratch: usize,
): void {
  const head = <usize>width << 2;
  const stride = heads * head;
  const scoreRow = <usize>keys << 2;
  const factor: f32 = 1 / sqrt<f32>(<f32>width);
  for (; batch > 0; batch--) {
    for (let h = 0; h < heads; h++) {
      const at = h * head;
      multiply(weights, scoreRow, 1, dy + at, stride, 0, dv + at, stride, keys, width, queries, 0, 0, 0, scratch);
      multiply(dy + at, stride, 0, v + at, stride, 1, scores, scoreRow, queries, keys, width, 0, 0, 0, scratch);
      softmaxGradient(weights, scores, mask, scores, queries, keys, 0, factor);
      multiply(scores, scoreRow, 0, k + at, stride, 0, dq + at, stride, queries, width, keys, 0, 0, 0, scratch);
      multiply(scores, scoreRow, 1, q + at, stride, 0, dk + at, stride, keys, width, queries, 0, 0, 0, scratch);
      weights += queries * scoreRow;
    }
    q += queries * stride;
    k += keys * stride;
    v += keys * stride;
    dy += queries * stride;
    dq += queries * stride;
    dk += keys * stride;
    dv += keys * stride;
    if (mask) mask += maskBatch;
  }
}
