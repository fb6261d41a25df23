import { expect, it } from 'vitest';
import { corridor } from '../test/fixtures/corridor';
import type { Environment } from './environment';
import { createActions, createFrame, ended, type Frame } from './frame';
import { randomFrom } from './random';
import { createEnvironment, vectorize } from './vectorize';

/** Counts its steps; lasts three, and agent 1 leaves after the first. */
const counter = (): Environment => {
  let time = 0;
  return {
    spec: {
      id: 'counter/2',
      agents: [
        {
          id: 'wide',
          species: 'w',
          observation: { kind: 'box', shape: [2], low: 0, high: 9 },
          action: { kind: 'discrete', size: 3 },
        },
        {
          id: 'narrow',
          species: 'n',
          observation: { kind: 'discrete', size: 10 },
          action: { kind: 'box', shape: [2], low: -1, high: 1 },
        },
      ],
      state: { kind: 'discrete', size: 10 },
      sharedReward: false,
      agentsDie: true,
      metrics: ['time'],
      nonStationary: false,
    },
    reset: () => {
      time = 0;
    },
    step: (actions) => {
      time++;
      return { reward: [actions[0], actions[2] + actions[3]], terminated: time === 3, truncated: time === 3 };
    },
    observe: (agent, observation) => {
      observation.fill(time + 1);
      if (agent === 1) expect(observation).toHaveLength(1);
    },
    state: (state) => {
      state[0] = time;
    },
    availableActions: (_, available) => {
      available[1] = 0;
    },
    active: (agent) => agent === 0 || time < 1,
    metrics: (metrics) => {
      metrics[0] = time * 10;
    },
    save: () => ({ time }),
    restore: (state) => {
      time = state.time as number;
    },
  };
};

it('lays out a frame row by row, unused entries 0', () => {
  const world = vectorize(counter, 2);
  const frame = createFrame(world.spec, 2);
  world.reset(randomFrom(0), frame);
  expect([...frame.observations]).toEqual([1, 1, 1, 0, 1, 1, 1, 0]);
  expect([...frame.state]).toEqual([0, 0]);
  expect([...frame.availableActions]).toEqual([1, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0]);
  expect([...frame.active, ...frame.started]).toEqual([1, 1, 1, 1, 1, 1]);
});

it('gives each copy its own actions and each agent its own reward', () => {
  const world = vectorize(counter, 2);
  const frame = createFrame(world.spec, 2);
  world.reset(randomFrom(0), frame);
  world.step(Float32Array.of(2, 0, 0.25, 0.5, 1, 0, -1, 0.5), frame);
  expect([...frame.rewards]).toEqual([2, 0.75, 1, -0.5]);
  expect([...frame.active]).toEqual([1, 0, 1, 0]);
  expect([...frame.started]).toEqual([0, 0]);
});

it('starts again after an end and keeps the last moment apart; terminated wins over truncated', () => {
  const world = vectorize(counter, 1);
  const frame = createFrame(world.spec, 1);
  world.reset(randomFrom(0), frame);
  for (let step = 0; step < 3; step++) world.step(createActions(world.spec, 1), frame);
  expect([frame.terminated[0], frame.truncated[0], frame.started[0]]).toEqual([1, 0, 1]);
  expect([...frame.observations]).toEqual([1, 1, 1, 0]);
  expect([...frame.finalObservations]).toEqual([4, 4, 4, 0]);
  expect([frame.state[0], frame.finalState[0], frame.metrics[0]]).toEqual([0, 3, 30]);
  expect([...frame.active, ...frame.finalActive]).toEqual([1, 1, 1, 0]);
});

const play = (world: ReturnType<typeof vectorize>, frame: Frame, steps: number): number[] => {
  const told: number[] = [];
  const actions = createActions(world.spec, world.copies).fill(1);
  for (let step = 0; step < steps; step++) {
    world.step(actions, frame);
    told.push(...frame.observations, ...frame.rewards, ended(frame, 0) ? 1 : 0);
  }
  return told;
};

it('continues from a saved state as if nothing had happened', () => {
  const world = vectorize(corridor, 3);
  const frame = createFrame(world.spec, 3);
  world.reset(randomFrom(1), frame);
  play(world, frame, 5);
  const saved = world.save();
  const following = play(world, frame, 30);
  const other = vectorize(corridor, 3);
  other.restore(saved);
  expect(play(other, frame, 30)).toEqual(following);
});

it('refuses factories and numbers that make no world', () => {
  expect(() => vectorize(corridor, 0)).toThrow('copies is 0; give a positive integer');
  expect(() => createEnvironment((() => undefined) as never, 1)).toThrow(
    'the environment factory returned no environment',
  );
  expect(() => createEnvironment(() => vectorize(corridor, 2), 3)).toThrow(
    'corridor/2: asked for 3 copies, the factory made 2',
  );
  expect(createEnvironment(corridor, 4).copies).toBe(4);
});
