import { type Environment, randomFrom, type State } from '@murmuration/core';
import { describe, expect, test } from 'vitest';
import { type GridInput, grid, gridFamily } from './grid';

/** Cells of a grid of side 3: 0 1 2 / 3 4 5 / 6 7 8. */
const placed = (options: Partial<GridInput>, places: number[], goals: number[] = places): Environment => {
  const world = grid({ agents: places.length, size: 3, ...options });
  const state: State = {
    places: Int32Array.from(places),
    goals: Int32Array.from(goals),
    left: new Uint8Array(places.length),
    step: 0,
  };
  world.restore(state);
  return world;
};

const [stay, up, down, left, right] = [0, 1, 2, 3, 4];
const step = (world: Environment, ...actions: number[]) =>
  world.step(Float32Array.from(actions), randomFrom(0));

const observation = (world: Environment, agent: number): number[] => {
  const values = new Float32Array(world.spec.agents[agent].observation.kind === 'box' ? 10 : 1);
  world.observe(agent, values);
  return [...values];
};

const masks = (world: Environment): number[][] =>
  world.spec.agents.map((_, agent) => {
    const available = new Uint8Array(5).fill(1);
    world.availableActions?.(agent, available);
    return [...available];
  });

describe('grid', () => {
  test('lets agents move up to the edges', () => {
    const world = placed({}, [0, 4, 8], [8, 8, 0]);
    expect(masks(world)).toEqual([
      [1, 0, 1, 0, 1],
      [1, 1, 1, 1, 1],
      [1, 1, 0, 1, 0],
    ]);
    step(world, right, up, left);
    step(world, down, left, stay);
    expect(world.save().places).toEqual(Int32Array.of(4, 0, 7));
  });

  test('pays once all stand on their goals', () => {
    const world = placed({}, [0, 8], [1, 5]);
    expect(step(world, right, stay)).toEqual({ reward: -0.01, terminated: false, truncated: false });
    expect(step(world, stay, up)).toEqual({ reward: 0.99, terminated: true, truncated: false });
    const metrics = new Float32Array(2);
    world.metrics?.(metrics);
    expect([...metrics]).toEqual([1, 1]);
  });

  test('with exits pays for each agent that leaves, and leaves it out from then on', () => {
    const world = placed({ exits: true }, [0, 8], [1, 2]);
    expect(step(world, right, up)).toEqual({ reward: 0.49, terminated: false, truncated: false });
    expect([world.active?.(0), world.active?.(1)]).toEqual([false, true]);
    expect(masks(world)[0]).toEqual([1, 0, 0, 0, 0]);
    expect(observation(world, 0)).toEqual(Array(10).fill(0));
    // Own place (2, 1) of 2 cells, goal one up, and nobody else.
    expect(observation(world, 1)).toEqual([1, 0.5, 0, -0.5, 0, 0, 0, 0, 0, 0]);
    expect(step(world, right, up)).toEqual({ reward: 0.49, terminated: true, truncated: false });
    expect(world.save().places).toEqual(Int32Array.of(1, 2));
  });

  test('shows the way to the goal and to the others', () => {
    const world = placed({}, [0, 7], [2, 7]);
    expect(observation(world, 0)).toEqual([0, 0, 1, 0, 0.5, 1, 1, 0, 0, 0]);
    const state = new Float32Array(10);
    world.state(state);
    expect([...state]).toEqual([0, 0, 1, 0, 1, 0.5, 1, 0.5, 1, 1]);
  });

  test('ends a meeting when all share a cell', () => {
    const world = placed({ task: 'meet' }, [0, 2, 4]);
    expect(step(world, right, left, stay).terminated).toBe(false);
    expect(step(world, stay, stay, up)).toEqual({ reward: 0.99, terminated: true, truncated: false });
  });

  test('is cut off at the limit, unless it ends there', () => {
    const world = placed({ episodeLimit: 1 }, [0, 8], [0, 0]);
    expect(step(world, stay, stay)).toEqual({ reward: -0.01, terminated: false, truncated: true });
    const done = placed({ episodeLimit: 1 }, [0, 8], [1, 8]);
    expect(step(done, right, stay)).toEqual({ reward: 0.99, terminated: true, truncated: false });
  });

  test('never starts at its end', () => {
    const random = randomFrom(3);
    for (const task of ['goals', 'meet'] as const) {
      const world = grid({ agents: 2, size: 2, task });
      for (let episode = 0; episode < 200; episode++) {
        world.reset(random);
        const metrics = new Float32Array(2);
        world.metrics?.(metrics);
        expect(metrics[0]).toBe(0);
      }
    }
  });

  test('tells what does not go together', () => {
    expect(() => gridFamily.create('3', { task: 'meet', exits: true })).toThrow(
      '@murmuration/envs grid/3: exits is true; agents that meet have no goals to leave at: set task to goals',
    );
  });
});
