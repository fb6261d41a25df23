import { add, mean, mul, rsqrt, square, sub, type Tensor } from '@tensorflow/tfjs-core';
import { size } from '../elementwise/functions.js';
import { address } from '../wasm/backend.js';
import { checkInputs } from './check.js';
import { call, type Fused, type FusedOperation, fuses, runFused } from './define.js';

/** (x - mean) / √(variance + epsilon) · scale + shift over the last axis, in plain operations. */
export const layerNormInOperations = (x: Tensor, scale: Tensor, shift: Tensor, epsilon = 1e-5): Tensor => {
  const centred = sub(x, mean(x, -1, true));
  const inverse = rsqrt(add(mean(square(centred), -1, true), epsilon));
  return add(mul(mul(centred, inverse), scale), shift);
};

export const layerNormGradient: Fused = {
  kernelName: 'MurmurationLayerNormGradient',
  run: ({ inputs: { dy, x, scale }, attrs, instance, backend }) => {
    const outputs = [x, scale, scale].map(({ shape }) => backend.makeOutput(shape, 'float32'));
    const [from, at, s, dx, dscale, dshift] = [dy, x, scale, ...outputs].map((each) =>
      address(backend, each),
    );
    const [count] = scale.shape;
    const rows = size(x.shape.slice(0, -1));
    instance.kernels.layerNormGradient(
      ...([from, at, s, dx, dscale, dshift, rows, count, attrs.epsilon as number] as const),
    );
    return outputs;
  },
};

export const layerNormKernel: FusedOperation = {
  kernelName: 'MurmurationLayerNorm',
  run: ({ inputs: { x, scale, shift }, attrs, instance, backend }) => {
    const output = backend.makeOutput(x.shape, 'float32');
    const [at, s, b, to] = [x, scale, shift, output].map((each) => address(backend, each));
    const rows = size(x.shape.slice(0, -1));
    instance.kernels.layerNorm(at, s, b, to, rows, scale.shape[0], attrs.epsilon as number);
    return output;
  },
  gradient: ([dy], [x, scale], { epsilon }) => {
    const [dx, dscale, dshift] = call<Tensor[]>(layerNormGradient.kernelName, { dy, x, scale }, { epsilon });
    return { x: () => dx, scale: () => dscale, shift: () => dshift };
  },
  composed: ({ x, scale, shift }, { epsilon }) => [layerNormInOperations(x, scale, shift, epsilon as number)],
};

/**
 * Layer normalisation over the last axis (Ba, Kiros and Hinton 2016).
 * @param x  `[..., features]`
 * @param scale  `[features]`
 * @param shift  `[features]`
 */
export const layerNorm = (x: Tensor, scale: Tensor, shift: Tensor, epsilon = 1e-5): Tensor => {
  const features = [x.shape[x.rank - 1] ?? 0];
  checkInputs('layerNorm', {
    x: { tensor: x, shape: x.rank > 0 ? x.shape : [-1] },
    scale: { tensor: scale, shape: features },
    shift: { tensor: shift, shape: features },
  });
  if (!fuses()) return layerNormInOperations(x, scale, shift, epsilon);
  return runFused(layerNormKernel, { x, scale, shift }, { epsilon });
};
