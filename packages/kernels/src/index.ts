/** Fast training kernels for TensorFlow.js on WASM. */
export { type DenseActivation, dense } from './fused/dense.js';
export { type Installation, install } from './install.js';
export { adam, radam, rmsprop } from './optimise/index.js';
export type { AdamOptions, Moments, RmspropOptions } from './optimise/options.js';
export type { Build } from './wasm/instance.js';
