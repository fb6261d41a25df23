export { attention, attentionGradient } from './attention';
export { binary, select } from './binary';
export { categorical, categoricalGradient } from './categorical';
export * from './ceiling';
export { prepareConstants } from './constants';
export { denseGradient } from './denseGradient';
export { unary } from './elementwise';
export { gather, segmentSum } from './gather';
export { gelu } from './gelu';
export { gruBackward, gruForward, gruGradientScratch, gruScratch } from './gru';
export { layerNorm, layerNormGradient } from './layerNorm';
export { multiply, multiplyBatch, multiplyScratch, setGrouped } from './product';
export { addRows, reduce } from './reduce';
export { squaredError } from './squaredError';
export { softmax } from './softmax';
export { softmaxGradient } from './softmaxGradient';
export { tile as repeat } from './tile';
export { permute } from './transpose';
export { squaredLength, stepMoments, stepSquares } from './optimise';
// Nobody calls these from outside. But Binaryen moves a function with one caller into it unless it is exported, and
// inside a larger function V8 does not keep all accumulators in registers.
export * from './tiles';
