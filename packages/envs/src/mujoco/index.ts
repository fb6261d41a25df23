export { loadMujoco } from './engine';
export { type MujocoInput, mujoco, mujocoFamily } from './mujoco';
