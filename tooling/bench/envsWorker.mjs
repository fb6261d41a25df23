/** Steps copies of a world with random available actions for so many seconds; answers with environment steps a second. */
import { parentPort, workerData } from 'node:worker_threads';
import { createActions, createEnvironment, createFrame, layoutOf, randomFrom } from '@murmuration/core';
import { smax } from '@murmuration/envs';

const { scenario, copies, seconds, seed } = workerData;
const world = createEnvironment((request) => smax({ scenario, copies: request.copies }), copies);
const frame = createFrame(world.spec, copies);
const actions = createActions(world.spec, copies);
const { agents, actionCount } = layoutOf(world.spec);
const random = randomFrom(seed);
world.reset(random.split(), frame);

const choose = () => {
  const { availableActions } = frame;
  for (let row = 0; row < copies * agents; row++) {
    const at = row * actionCount;
    let count = 0;
    for (let action = 0; action < actionCount; action++) count += availableActions[at + action];
    let left = Math.floor(random.uniform() * count);
    let action = 0;
    while (availableActions[at + action] === 0 || left-- > 0) action++;
    actions[row] = action;
  }
};

const run = (milliseconds) => {
  const began = performance.now();
  let steps = 0;
  while (performance.now() - began < milliseconds) {
    choose();
    world.step(actions, frame);
    steps += copies;
  }
  return (steps * 1000) / (performance.now() - began);
};

run(300);
parentPort.on('message', () => parentPort.postMessage(run(1000 * seconds)));
parentPort.postMessage('ready');
