export type { Battle } from './battle';
export type { CustomScenario } from './scenarios';
export { type SmaxInput, smax, smaxFamily } from './smax';
