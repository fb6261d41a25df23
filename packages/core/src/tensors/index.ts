export { type AdamOptions, createAdam, globalNorm, type Optimiser } from './adam';
export { createDense, type DenseNetwork, type DenseShape } from './dense';
export { glorotUniform, heUniform, type Initialiser, orthogonal, torchUniform } from './initialisers';
export * from './operations';
export * from './parameters';
export { backends, ready } from './ready';
