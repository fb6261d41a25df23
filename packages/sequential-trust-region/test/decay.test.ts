import {
  createActions,
  createEnvironment,
  createFrame,
  randomFrom,
  resolveConfiguration,
  type UpdateContext,
} from '@murmuration/core';
import { flag } from '@murmuration/envs';
import { expect, test } from 'vitest';
import { mappo } from '../src';

const context: UpdateContext = {
  reduce: async () => {},
  evaluate: () => Promise.reject(new Error('nothing is played aside')),
};

/** All weights of the actors after each of two updates, from rollouts of 8 steps of two copies. */
const weightsAfter = async (decay: number): Promise<unknown[]> => {
  const world = createEnvironment(flag, 2);
  const settings = { rollout: 8, decay, network: { hidden: [4] }, policy: { epochs: 1, minibatches: 1 } };
  const configuration = resolveConfiguration(mappo, world.spec, settings);
  const learner = await mappo.create(world.spec, configuration, randomFrom(1));
  let [frame, next] = [createFrame(world.spec, 2), createFrame(world.spec, 2)];
  const actions = createActions(world.spec, 2);
  world.reset(randomFrom(2), frame);
  const found: unknown[] = [];
  while (found.length < 2) {
    await learner.act(frame, actions);
    world.step(actions, next);
    learner.experience.observe(frame, actions, next);
    const rollout = learner.experience.take();
    [frame, next] = [next, frame];
    if (rollout === undefined) continue;
    await learner.update(rollout, context);
    found.push(structuredClone((await learner.save()).actors));
  }
  learner.dispose();
  return found;
};

test('the first rollout is learned from at the full rate; when all steps are collected nothing is left', async () => {
  const steady = await weightsAfter(0);
  const falling = await weightsAfter(16);
  expect(falling[0]).toEqual(steady[0]);
  expect(steady[1]).not.toEqual(steady[0]);
  expect(falling[1]).toEqual(falling[0]);
});
