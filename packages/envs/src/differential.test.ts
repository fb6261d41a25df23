import { type Environment, randomFrom } from '@murmuration/core';
import { describe, expect, test } from 'vitest';
import { differential, differentialFamily, differentialReward } from './differential';

const placed = (places: number[]): Environment => {
  const world = differential({ agents: places.length });
  world.restore({ places: Float64Array.from(places), step: 0 });
  return world;
};

describe('differentialReward', () => {
  test.each([
    [0, 1],
    [0.125, 0.5],
    [0.25, 0],
    [0.5, 0],
    [0.8, 0.3],
    [0.7, 0.15 * (Math.cos(1.5) + 1)],
    [1, 0],
    [1.3, 0],
  ])('pays at distance %d from a peak of 0.25: %d', (distance, reward) => {
    expect(differentialReward(distance, 0.25)).toBeCloseTo(reward, 12);
  });
});

describe('differential', () => {
  test('pays for the place that is left, then moves', () => {
    const world = placed([0, 0, 0]);
    const state = new Float32Array(3);
    expect(world.step(Float32Array.of(1, -0.5, 0), randomFrom(0)).reward).toBe(1);
    world.state(state);
    expect([...state]).toEqual([0.1, -0.05, 0].map(Math.fround));
    // sqrt(2/3 * 0.0125) = 0.09128709: 0.5 * (cos(π * 0.09128709 / 0.25) + 1).
    expect(world.step(new Float32Array(3), randomFrom(0)).reward).toBeCloseTo(0.7055447437, 8);
  });

  test('keeps places within bounds, and cuts actions that are too large', () => {
    const world = placed([0.95, -0.95]);
    const state = new Float32Array(2);
    world.step(Float32Array.of(1, -1), randomFrom(0));
    world.state(state);
    expect([...state]).toEqual([1, -1]);
    world.step(Float32Array.of(-5, 0), randomFrom(0));
    world.state(state);
    expect([...state]).toEqual([Math.fround(0.9), -1]);
  });

  test('is cut off after 25 steps, never terminated', () => {
    const world = differential({ agents: 1 });
    world.reset(randomFrom(0));
    const ends = Array.from({ length: 25 }, () => world.step(Float32Array.of(0), randomFrom(0)));
    expect(ends.some(({ terminated }) => terminated)).toBe(false);
    expect(ends.map(({ truncated }) => truncated).indexOf(true)).toBe(24);
  });

  test('pays 25 for staying at the centre, and reports the distance at the end', () => {
    const world = placed([0.4, 0.4]);
    const metrics = new Float32Array(1);
    world.metrics?.(metrics);
    expect(metrics[0]).toBeCloseTo(0.4 * Math.SQRT2, 6);
    const centre = placed([0, 0, 0, 0]);
    let total = 0;
    for (let step = 0; step < 25; step++) {
      total += centre.step(new Float32Array(4), randomFrom(0)).reward as number;
    }
    expect(total).toBe(25);
  });

  test('comes for 1 to 5 agents', () => {
    expect(() => differentialFamily.create('6')).toThrow(
      'there is no environment differential/6; give the number of agents, 1 to 5, for example differential/3',
    );
  });
});
