import { add, mul, sigmoid, square, type Tensor } from '@tensorflow/tfjs-core';
import { functions, size } from '../elementwise/functions.js';
import { address } from '../wasm/backend.js';
import { checkInputs } from './check.js';
import { call, type Fused, fuses, runFused } from './define.js';

/** 2 √(2/π), and the factor of the cube. */
const [twiceRoot, cubic] = [1.5957691216057308, 0.044715];

/** x σ(2 √(2/π) (x + 0.044715 x³)) in plain operations. */
export const geluInOperations = (x: Tensor): Tensor =>
  mul(x, sigmoid(mul(x, add(mul(square(x), twiceRoot * cubic), twiceRoot))));

/** Code of the product in `assembly/binary.ts`. */
const product = 5;

export const geluGradient: Fused = {
  kernelName: 'MurmurationGeluGradient',
  run: ({ inputs: { dy, x }, instance, backend }) => {
    const output = backend.makeOutput(x.shape, 'float32');
    const [d, from, to] = [dy, x, output].map((each) => address(backend, each));
    instance.kernels.unary(functions.geluSlope, from, to, size(x.shape), 0);
    instance.kernels.binary(product, d, to, 0, to, size(x.shape));
    return output;
  },
};

export const geluKernel: Fused = {
  kernelName: 'MurmurationGelu',
  run: ({ inputs: { x }, instance, backend }) => {
    const output = backend.makeOutput(x.shape, 'float32');
    instance.kernels.unary(functions.gelu, address(backend, x), address(backend, output), size(x.shape), 0);
    return output;
  },
  gradient: ([dy], [x]) => ({ x: () => call(geluGradient.kernelName, { dy, x }) }),
};

/** The Gaussian error linear unit in its tanh form (Hendrycks and Gimpel 2016); any shape. */
export const gelu = (x: Tensor): Tensor => {
  checkInputs('gelu', { x: { tensor: x, shape: x.shape } });
  return fuses() ? runFused(geluKernel, { x }, {}, () => [x]) : geluInOperations(x);
};
