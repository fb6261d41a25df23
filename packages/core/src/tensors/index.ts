export { meanSquaredError } from '@murmuration/kernels';
export { clippedSurrogate, clippedValueLoss, type HuberSides, huber, weightedMean } from '../onPolicy/losses';
export { type AttentionNetwork, type AttentionShape, createAttention } from './attention';
export { constantOf } from './constant';
export { type Activation, createDense, type DenseNetwork, type DenseShape } from './dense';
export * from './distributions';
export { createEmbedding, type EmbeddingNetwork } from './embedding';
export { createGru, type GruNetwork, type GruShape } from './gru';
export { glorotUniform, heUniform, type Initialiser, orthogonal, torchUniform } from './initialisers';
export { createLayerNorm, type LayerNormNetwork } from './layerNorm';
export * from './operations';
export {
  type AdamOptions,
  createAdam,
  createRadam,
  createRmsprop,
  type Optimiser,
  type RmspropOptions,
} from './optimisers';
export * from './parameters';
export { type Backends, backends, ready } from './ready';
