import { add, erf, fill, greater, less, mul, type Tensor, where } from '@tensorflow/tfjs-core';
import { size } from '../elementwise/functions.js';
import { address } from '../wasm/backend.js';
import { checkInputs } from './check.js';
import { call, type Fused, type FusedOperation, fuses, keepOrFree, runFused } from './define.js';

/** Beyond it Φ is 0 or 1 in float32, and products of infinities with 0 would be NaN. */
const far = 14;

/** x Φ(x) = x (1 + erf(x / √2)) / 2 in plain operations. */
export const geluInOperations = (x: Tensor): Tensor => {
  const above = greater(x, far);
  const near = where(less(x, -far), fill(x.shape, -far), where(above, fill(x.shape, far), x));
  return where(above, x, mul(mul(near, 0.5), add(erf(mul(near, Math.SQRT1_2)), 1)));
};

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
export const geluKernel: FusedOperation = {
  kernelName: 'MurmurationGelu',
  run: ({ inputs: { x }, attrs, instance, backend }) => {
    const output = backend.makeOutput(x.shape, 'float32');
    const slope = attrs.kept ? backend.makeOutput(x.shape, 'float32') : undefined;
    const at = slope ? address(backend, slope) : 0;
    instance.kernels.gelu(address(backend, x), address(backend, output), at, size(x.shape));
    if (slope) keepOrFree({ attrs, backend }, slope);
    return output;
  },
  gradient: ([dy], [, slope]) => ({ x: () => call(geluGradient.kernelName, { dy, slope }) }),
  composed: ({ x }) => [geluInOperations(x)],
};

/**
 * The Gaussian error linear unit x Φ(x) (Hendrycks and Gimpel 2016), not its approximation by tanh; any shape. Relative
 * error below 1e-6 for x > -12.5, where Φ nears float32's smallest normal number; on other backends that of their `erf`.
 */
export const gelu = (x: Tensor): Tensor => {
  checkInputs('gelu', { x: { tensor: x, shape: x.shape } });
  return fuses() ? runFused(geluKernel, { x }, {}) : geluInOperations(x);
};
