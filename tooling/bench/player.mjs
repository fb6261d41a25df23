/**
 * A process that plays SMAX with random available actions in so many threads: `player.mjs SCENARIO THREADS COPIES`. It
 * takes orders over IPC, seconds to play, and answers with environment steps a second.
 */
import { createActions, createEnvironment, createFrame, layoutOf, randomFrom } from '@murmuration/core';
import { createSharedFrame, inThreads } from '@murmuration/envs/workers';

const [scenario, threads, copies] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const world = createEnvironment(inThreads(`smax/${scenario}`, { threads }), copies);
const frame = (threads === 1 ? createFrame : createSharedFrame)(world.spec, copies);
const actions = createActions(world.spec, copies);
const { actionCount } = layoutOf(world.spec);
const random = randomFrom(1);
world.reset(random.split(), frame);

const choose = () => {
  const { availableActions } = frame;
  for (let row = 0, at = 0; row < actions.length; row++, at += actionCount) {
    let count = 0;
    for (let action = 0; action < actionCount; action++) count += availableActions[at + action];
    let left = Math.floor(random.uniform() * count);
    let action = 0;
    while (availableActions[at + action] === 0 || left-- > 0) action++;
    actions[row] = action;
  }
};

const play = (seconds) => {
  const began = performance.now();
  let steps = 0;
  while (performance.now() - began < 1000 * seconds) {
    choose();
    world.step(actions, frame);
    steps += copies;
  }
  return (steps * 1000) / (performance.now() - began);
};

play(0.5);
process.on('message', (seconds) => process.send(play(seconds)));
process.send('ready');
