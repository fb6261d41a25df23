import {
  ConfigurationError,
  createActions,
  createFrame,
  EnvironmentError,
  randomFrom,
} from '@murmuration/core';
import { describe, expect, test } from 'vitest';
import { mpe, mpeFamily, type ParticleInput } from './mpe';
import type { ParticleEnvironment } from './world';

/** Put the bodies of the one copy where they are wanted, at rest. */
const put = ({ particles }: ParticleEnvironment, places: readonly (readonly [number, number])[]): void => {
  particles.velocityX.fill(0);
  particles.velocityY.fill(0);
  places.forEach(([x, y], entity) => {
    particles.x[entity] = x;
    particles.y[entity] = y;
  });
};

const begin = (input: ParticleInput) => {
  const world = mpe(input);
  const frame = createFrame(world.spec, world.copies);
  const actions = createActions(world.spec, world.copies);
  world.reset(randomFrom(1), frame);
  return { world, frame, actions, particles: world.particles };
};

describe('dynamics', () => {
  test('each movement changes the velocity in its step and the place in the next', () => {
    const { world, frame, actions, particles } = begin({ task: 'spread', agents: 5 });
    put(world, [
      [0, 0],
      [3, 0],
      [6, 0],
      [9, 0],
      [12, 0],
    ]);
    actions.set([0, 1, 2, 3, 4]);
    world.step(actions, frame);
    expect([...particles.velocityX.subarray(0, 5)]).toEqual([0, -0.5, 0.5, 0, 0]);
    expect([...particles.velocityY.subarray(0, 5)]).toEqual([0, 0, 0, -0.5, 0.5]);
    expect([...particles.x.subarray(0, 5)]).toEqual([0, 3, 6, 9, 12]);
    actions.fill(0);
    world.step(actions, frame);
    expect(particles.x[2]).toBeCloseTo(6.05, 12);
    expect(particles.velocityX[2]).toBeCloseTo(0.375, 12);
  });

  test.each([
    [0.3, 0.0069314718],
    [0.305, 6.7e-5],
    [0.2, 1],
    [0.35, 0],
  ])('agents at %s push each other by %s', (distance, change) => {
    const { world, frame, actions, particles } = begin({ task: 'spread', agents: 2 });
    put(world, [
      [0, 0],
      [distance, 0],
    ]);
    world.step(actions, frame);
    expect(particles.velocityX[0]).toBeCloseTo(-change, 6);
    expect(particles.velocityX[1]).toBeCloseTo(change, 6);
  });

  test('agents at the same point do not push each other', () => {
    const { world, frame, actions, particles } = begin({ task: 'spread', agents: 2 });
    put(world, [
      [1, 1],
      [1, 1],
    ]);
    world.step(actions, frame);
    expect([...particles.velocityX]).toEqual([0, 0, 0, 0]);
  });

  test('adversaries reach 1 unit a second, prey 1.3', () => {
    const { world, frame, actions, particles } = begin({ task: 'tag' });
    put(world, [
      [0, 0],
      [0, 3],
      [0, 6],
      [0, 9],
      [0, -3],
      [0, -6],
    ]);
    actions.fill(2);
    for (let step = 0; step < 20; step++) world.step(actions, frame);
    const speeds = [...particles.velocityX.subarray(0, 4)];
    speeds.forEach((speed, agent) => {
      expect(speed).toBeCloseTo(agent < 3 ? 1 : 1.3, 12);
    });
  });
});

describe('actions', () => {
  test.each([
    ['pettingzoo', [0.5, 0]],
    ['jaxmarl', [1.5, 1]],
  ] as const)('continuous ones by %s', (rules, velocity) => {
    const { world, frame, actions, particles } = begin({
      ...{ task: 'spread', agents: 1, actions: 'continuous', rules },
    });
    actions.set([0, 0, 3, -2, 0]);
    world.step(actions, frame);
    expect([particles.velocityX[0], particles.velocityY[0]]).toEqual([velocity[0], velocity[1]]);
  });

  test('a number says where to go and what to say', () => {
    const { world, frame, actions, particles } = begin({ task: 'reference' });
    actions.set([2 + 5 * 7, 4]);
    world.step(actions, frame);
    expect(particles.velocityX[0]).toBe(0.5);
    expect(particles.velocityY[1]).toBe(0.5);
    expect(particles.messages.indexOf(1)).toBe(7);
    // Heard in the same step.
    expect(frame.observations[21 + 11 + 7]).toBe(1);
  });

  test.each([-1, 5, 1.5, Number.NaN])('%s is refused', (action) => {
    const { world, frame, actions } = begin({ task: 'spread' });
    actions[1] = action;
    expect(() => world.step(actions, frame)).toThrow(EnvironmentError);
    expect(() => world.step(actions, frame)).toThrow(
      `mpe/spread: the action of agent-1 is ${action}; give 0 to 4`,
    );
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])('%s is refused as a continuous one', (action) => {
    const { world, frame, actions } = begin({ task: 'spread', actions: 'continuous' });
    actions[7] = action;
    expect(() => world.step(actions, frame)).toThrow(
      `mpe/spread: an action of agent-1 is ${action}; give numbers from 0 to 1`,
    );
  });
});

test('spread pays for covered landmarks and for keeping apart', () => {
  const { world, frame, actions } = begin({ task: 'spread', episodeLimit: 1 });
  put(world, [
    [0, 0],
    [0.2, 0],
    [2, 0],
    [0, 0.05],
    [2, 1],
    [5, 0],
  ]);
  world.step(actions, frame);
  const team = -(0.05 + 1 + 3);
  [0.5 * team - 0.5, 0.5 * team - 0.5, 0.5 * team].forEach((reward, agent) => {
    expect(frame.rewards[agent]).toBeCloseTo(reward, 6);
  });
  expect([...frame.truncated, ...frame.terminated]).toEqual([1, 0]);
  expect([...frame.metrics]).toEqual([1, 1]);
});

test.each([
  [{ task: 'spread' }, [18, 18, 18], 54, 18],
  [{ task: 'spread', agents: 5 }, new Array(5).fill(30), 150, 30],
  [{ task: 'reference' }, [21, 21], 42, 40],
  [{ task: 'speaker-listener' }, [3, 11], 14, 23],
  [{ task: 'tag' }, [16, 16, 16, 14], 62, 20],
  [{ task: 'tag', adversaries: 2, prey: 2 }, [18, 18, 16, 16], 68, 20],
  [{ task: 'adversary' }, [8, 10, 10], 28, 18],
] as const)('%o is as wide as it should be', (input, observations, state, compact) => {
  const { spec } = mpe(input);
  expect(spec.agents.map(({ observation }) => observation)).toMatchObject(
    observations.map((width: number) => ({ shape: [width] })),
  );
  expect(spec.state).toMatchObject({ shape: [state] });
  expect(mpe({ ...input, state: 'compact' }).spec.state).toMatchObject({ shape: [compact] });
});

test('the state is all observations after each other, or everything once', () => {
  const { frame, particles } = begin({ task: 'tag' });
  const { observations } = frame;
  const rows = [0, 1, 2, 3].map((agent) =>
    observations.subarray(16 * agent, 16 * agent + (agent < 3 ? 16 : 14)),
  );
  expect([...frame.state]).toEqual(rows.flatMap((row) => [...row]));
  const compact = begin({ task: 'reference', state: 'compact' });
  const { x, y, goals } = compact.particles;
  const places = (from: number, to: number) =>
    [...x.subarray(from, to)].flatMap((each, at) => [each, y[from + at]]);
  const [own, partner, ...landmarks] = [places(0, 1), places(1, 2), places(2, 5)];
  const oneHot = [...goals].flatMap((goal) => [0, 1, 2].map((landmark) => (landmark === goal ? 1 : 0)));
  const whole = [0, 0, ...own, 0, 0, ...partner, ...landmarks.flat(), ...new Array(20).fill(0), ...oneHot];
  expect([...compact.frame.state]).toEqual([...Float32Array.from(whole)]);
  expect(particles.goals).toHaveLength(0);
});

test.each([
  ['pettingzoo', 25, 0.9],
  ['jaxmarl', 26, 1],
] as const)('%s: %i steps, obstacles within ±%s', (rules, steps, range) => {
  const { world, frame, actions, particles } = begin({ task: 'tag', rules, copies: 2000 });
  expect(world.spec.episodeLimit).toBe(steps);
  const farthest = Math.max(...particles.x.filter((_, index) => index % 6 > 3).map(Math.abs));
  expect(farthest).toBeLessThan(range);
  expect(farthest).toBeGreaterThan(range - 0.01);
  for (let step = 1; step < steps; step++) world.step(actions, frame);
  expect(frame.truncated.includes(1)).toBe(false);
  world.step(actions, frame);
  expect(frame.truncated.includes(0)).toBe(false);
});

describe('wrong options', () => {
  test.each([
    ['spred', {}, 'there is no environment mpe/spred; did you mean mpe/spread?'],
    ['9', {}, 'known are spread, reference, speaker-listener, tag, adversary'],
    ['reference', { agents: 3 }, 'there is no option agents; known are rules, actions'],
    ['spread', { agents: 0 }, 'mpe/spread: agents is 0'],
    ['spread', { rules: 'openai' }, 'mpe/spread: rules is "openai"'],
  ])('mpe/%s with %o', (variant, options, message) => {
    expect(() => mpeFamily.create(variant, options)).toThrow(ConfigurationError);
    expect(() => mpeFamily.create(variant, options)).toThrow(message);
  });

  test.each([
    [{}, 'mpe: task is nothing; give a name such as spread'],
    [{ task: ['tag'] }, 'mpe: task is ["tag"]; give a name such as spread'],
  ])('no task, as JavaScript may give %o', (input, message) => {
    expect(() => mpe(input as never)).toThrow(ConfigurationError);
    expect(() => mpe(input as never)).toThrow(message);
  });

  test('no copies', () => {
    expect(() => mpe({ task: 'tag', copies: 0 })).toThrow('mpe/tag: copies is 0; give a positive integer');
  });
});
