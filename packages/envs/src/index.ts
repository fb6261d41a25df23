export { type CoordinationInput, coordination, coordinationFamily, coordinationGameOf } from './coordination';
export { type CoordinationGame, drawGame, type GameSize, outcomeOf } from './coordinationGame';
export { type DifferentialInput, differential, differentialFamily, differentialReward } from './differential';
export { flag, flagFamily } from './flag';
export { type GridInput, grid, gridFamily } from './grid';
export {
  drawMatrixGame,
  type MatrixGame,
  type MatrixGameInput,
  matrixGame,
  matrixGameFamily,
} from './matrixGame';
export * from './mujoco';
export * from './particle';
export * from './smax';
