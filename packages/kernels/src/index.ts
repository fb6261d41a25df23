/** Fast training kernels for TensorFlow.js on WASM. */
export { type Installation, install } from './install.js';
export type { Build } from './wasm/instance.js';
