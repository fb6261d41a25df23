export { binary, select } from './binary';
export * from './ceiling';
export { unary } from './elementwise';
export { gather, segmentSum } from './gather';
export { multiply, multiplyBatch, multiplyScratch } from './product';
export { addRows, reduce } from './reduce';
export { softmax } from './softmax';
export { permute } from './transpose';
