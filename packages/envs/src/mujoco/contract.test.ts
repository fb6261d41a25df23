import { testEnvironment } from '@murmuration/core/testing';
import { loadMujoco } from './engine';
import { type MujocoInput, mujoco } from './mujoco';

await loadMujoco();

const check = (input: MujocoInput, steps = 60): void => {
  const { variant, ...options } = input;
  const name = Object.entries(options).map(([key, value]) => `, ${key}=${value}`);
  testEnvironment(`mujoco/${variant}${name.join('')}`, ({ copies }) => mujoco({ ...input, copies }), {
    steps,
  });
};

check({ variant: 'halfcheetah-2x3', episodeLimit: 20 });
check({ variant: 'reacher-2x1' });
check({ variant: 'hopper-3x1' }, 100);
check({ variant: 'walker2d-2x3', version: 'v4' }, 100);
check({ variant: 'swimmer-2x1', observation: 'standardised', episodeLimit: 20 });
check({ variant: 'ant-4x2', episodeLimit: 20 }, 40);
check(
  { variant: 'ant-2x4d', version: 'v2', contactForces: false, wrapper: 'original', episodeLimit: 10 },
  30,
);
check({ variant: 'humanoid-9-8', episodeLimit: 10 }, 30);
check({ variant: 'coupled-halfcheetah-1p1', episodeLimit: 10 }, 30);
check({ variant: 'many-segment-swimmer-10x2', episodeLimit: 10 }, 30);
check({ variant: 'many-segment-ant-2x3', faithful: false, observation: 'full', episodeLimit: 10 }, 30);
