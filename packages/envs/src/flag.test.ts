import { type Environment, randomFrom } from '@murmuration/core';
import { expect, test } from 'vitest';
import { flag, flagFamily } from './flag';

test('equal choices pay 100, different ones cost 200', () => {
  const world = flag();
  const [state, observation, metrics] = [new Float32Array(1), new Float32Array(1), new Float32Array(2)];
  const outcomes = [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ].map((actions) => {
    world.reset(randomFrom(0));
    world.state(state);
    expect(state[0]).toBe(0);
    const { reward, terminated, truncated } = world.step(Float32Array.from(actions), randomFrom(0));
    world.state(state);
    world.observe(1, observation);
    world.metrics?.(metrics);
    expect([terminated, truncated]).toEqual([true, false]);
    expect(observation).toEqual(state);
    return [state[0], reward, ...metrics];
  });
  expect(outcomes).toEqual([
    [1, 100, 1, 0],
    [2, -200, 0, 1],
    [3, -200, 0, 1],
    [4, 100, 1, 0],
  ]);
});

test('comes for two agents only', () => {
  expect((flagFamily.create('2')({ copies: 1 }) as Environment).spec.id).toBe('flag/2');
  expect(() => flagFamily.create('3')).toThrow('there is no environment flag/3; give the number of agents');
});
