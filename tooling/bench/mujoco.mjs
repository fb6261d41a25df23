import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createActions, createFrame, randomFrom } from '@murmuration/core';
import { loadMujoco, mujoco } from '@murmuration/envs';

const execute = promisify(execFile);
const peer = fileURLToPath(new URL('./peers/mujoco_gymnasium.py', import.meta.url));
const pythons = ['python3', '/usr/bin/python3'];
const seconds = 1;

const worlds = {
  'reacher-2x1': 'Reacher-v5',
  'halfcheetah-2x3': 'HalfCheetah-v5',
  'ant-4x2': 'Ant-v5',
  'hopper-3x1': 'Hopper-v5',
  'walker2d-2x3': 'Walker2d-v5',
  'swimmer-2x1': 'Swimmer-v5',
  'humanoid-9-8': 'Humanoid-v5',
};

const findPython = async () => {
  for (const python of pythons) {
    try {
      await execute(python, ['-c', 'import gymnasium, mujoco']);
      return python;
    } catch {
      // Not there, or without Gymnasium: the next one.
    }
  }
  return undefined;
};

/** Our steps a second, one copy, with random torques; it starts anew where it falls or after 200 steps. */
const start = (variant) => {
  const world = mujoco({ variant, episodeLimit: 200 });
  const frame = createFrame(world.spec, 1);
  const random = randomFrom(1);
  world.reset(random.split(), frame);
  const { high } = world.spec.agents[0].action;
  const actions = Array.from({ length: 200 }, () =>
    createActions(world.spec, 1).map(() => high * (2 * random.uniform() - 1)),
  );
  const run = () => {
    const began = performance.now();
    let steps = 0;
    for (; performance.now() - began < 1000 * seconds; steps++) world.step(actions[steps % 200], frame);
    return (1000 * steps) / (performance.now() - began);
  };
  return { run, dispose: () => world.dispose() };
};

/** Multi-Agent MuJoCo on one core, and Gymnasium's native worlds where a Python has them, in turns; the fastest counts. */
export const mujocoWorlds = async ({ json, only, rounds }) => {
  const wanted = Object.entries(worlds).filter(([variant]) => `mujoco/${variant}`.includes(only));
  if (wanted.length === 0) return;
  await loadMujoco();
  const python = await findPython();
  for (const [variant, name] of wanted) {
    const { run, dispose } = start(variant);
    let [ours, theirs] = [0, 0];
    for (let round = 0; round < rounds; round++) {
      ours = Math.max(ours, run());
      if (!python) continue;
      const { stdout } = await execute(python, [peer, name, String(seconds)]);
      theirs = Math.max(theirs, Number(stdout.trim()));
    }
    dispose();
    const bench = `mujoco/${variant}, 1 core`;
    const against = python ? { against: 'gymnasium', ratio: Number((ours / theirs).toPrecision(3)) } : {};
    const compared = python ? `${(ours / theirs).toFixed(2).padStart(6)} x gymnasium` : '';
    const line = json
      ? JSON.stringify({ bench, ...against, stepsPerSecond: Math.round(ours) })
      : `${bench.padEnd(32)} ${compared.padEnd(18)} ${Math.round(ours).toLocaleString('en')} steps/s`;
    process.stdout.write(`${line}\n`);
  }
};
