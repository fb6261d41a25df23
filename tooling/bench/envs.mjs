import { battles } from './battles.mjs';
import { mujocoWorlds } from './mujoco.mjs';

export const environments = async (options) => {
  await battles(options);
  await mujocoWorlds(options);
};
