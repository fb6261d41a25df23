/** Fast training kernels for TensorFlow.js on WASM. */
export { ceiling } from './ceiling.js';
export { attention } from './fused/attention.js';
export { type Categorical, categorical } from './fused/categorical.js';
export { type DenseActivation, dense } from './fused/dense.js';
export { gelu } from './fused/gelu.js';
export { type GruWeights, gru } from './fused/gru.js';
export { layerNorm } from './fused/layerNorm.js';
export { logSoftmax, softmax } from './fused/softmax.js';
export { meanSquaredError } from './fused/squaredError.js';
export { type Installation, install } from './install.js';
export { adam, radam, rmsprop } from './optimise/index.js';
export type { AdamOptions, Moments, RmspropOptions } from './optimise/options.js';
export type { Build } from './wasm/instance.js';
