import { testEnvironment } from '@murmuration/core/testing';
import { loadMujoco } from './engine';
import { type MujocoInput, mujoco } from './mujoco';

await loadMujoco();

const check = (input: MujocoInput, steps = 25): void => {
  const { variant, ...options } = input;
  const name = Object.entries(options).map(([key, value]) => `, ${key}=${value}`);
  testEnvironment(`mujoco/${variant}${name.join('')}`, ({ copies }) => mujoco({ ...input, copies }), {
    steps,
  });
};

check({ variant: 'halfcheetah-2x3', episodeLimit: 10 });
check({ variant: 'reacher-2x1' }, 60);
check({ variant: 'hopper-3x1' }, 60);
check({ variant: 'walker2d-2x3', version: 'v4' }, 60);
check({ variant: 'swimmer-2x1', observation: 'standardised', episodeLimit: 10 });
check({ variant: 'ant-2x4d', version: 'v2', contactForces: false, wrapper: 'original', episodeLimit: 8 });
check({ variant: 'humanoid-9-8', episodeLimit: 6 }, 15);
check({ variant: 'coupled-halfcheetah-1p1', episodeLimit: 6 }, 15);
check({ variant: 'many-segment-ant-2x2', faithful: false, observation: 'full', episodeLimit: 5 }, 12);
