import { add, erf, mul, type Tensor } from '@tensorflow/tfjs-core';
import { size } from '../elementwise/functions.js';
import { address } from '../wasm/backend.js';
import { checkInputs } from './check.js';
import { call, type Fused, fuses, keepOrFree, runFused } from './define.js';

/** x Φ(x) = x (1 + erf(x / √2)) / 2 in plain operations. */
export const geluInOperations = (x: Tensor): Tensor => mul(mul(x, 0.5), add(erf(mul(x, Math.SQRT1_2)), 1));

/** Code of the product in `assembly/binary.ts`. */
const product = 2;

export const geluGradient: Fused = {
  kernelName: 'MurmurationGeluGradient',
  run: ({ inputs: { dy, slope }, instance, backend }) => {
    const output = backend.makeOutput(slope.shape, 'float32');
    const [d, s, to] = [dy, slope, output].map((each) => address(backend, each));
    instance.kernels.binary(product, d, s, 0, to, size(slope.shape));
    return output;
  },
};

/** Keeps the slope for the gradient: it costs little beside the value. */
export const geluKernel: Fused = {
  kernelName: 'MurmurationGelu',
  run: ({ inputs: { x }, attrs, instance, backend }) => {
    const output = backend.makeOutput(x.shape, 'float32');
    const slope = attrs.kept ? backend.makeOutput(x.shape, 'float32') : undefined;
    const at = slope ? address(backend, slope) : 0;
    instance.kernels.gelu(address(backend, x), address(backend, output), at, size(x.shape));
    if (slope) keepOrFree({ attrs, backend }, slope);
    return output;
  },
  gradient: ([dy], [slope]) => ({ x: () => call(geluGradient.kernelName, { dy, slope }) }),
};

/**
 * The Gaussian error linear unit x Φ(x) (Hendrycks and Gimpel 2016), not its approximation by tanh; any shape. Relative
 * error below 1e-6 for x > -5, absolute error below 1e-7 under that.
 */
export const gelu = (x: Tensor): Tensor => {
  checkInputs('gelu', { x: { tensor: x, shape: x.shape } });
  return fuses() ? runFused(geluKernel, { x }, {}, () => []) : geluInOperations(x);
};
