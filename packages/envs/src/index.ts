export { type CoordinationInput, coordination, coordinationFamily, coordinationGameOf } from './coordination';
export { type CoordinationGame, drawGame, type GameSize, outcomeOf } from './coordinationGame';
export { flag, flagFamily } from './flag';
