export type { Battle } from './battle';
export { type SmaxInput, smax, smaxFamily } from './smax';
