import { createActions, createFrame, randomFrom, type Scene } from '@murmuration/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { engine, loadMujoco } from './engine';
import { mujoco } from './mujoco';
import { rulesOf } from './rules';
import { figureOf, sceneOf } from './scene';
import { compile, Simulation } from './simulation';

beforeAll(loadMujoco);

/** A body as it stands before any noise. */
const drawStill = (variant: string): Scene => {
  const rules = rulesOf(variant, {});
  const model = compile(engine(), rules.body.model);
  const simulation = new Simulation(engine(), model, ['qpos'], rules.body.extra, false);
  simulation.start(model.qpos0.slice(), new Float64Array(model.nv));
  const scene = sceneOf(figureOf(model, rules), simulation.view, '');
  simulation.dispose();
  model.delete();
  return scene;
};

const numbersOf = (points: readonly number[]): number[] => points.map((value) => Number(value.toFixed(3)));

describe('bodies as they stand', () => {
  test('a reacher from above, links in the colours of their agents', () => {
    const { shapes } = drawStill('reacher-2x1');
    const [upper, lower, fingertip, target] = shapes.slice(-4);
    expect(upper).toMatchObject({ kind: 'line', stroke: 'blue', width: 0.02 });
    expect(numbersOf('points' in upper ? upper.points : [])).toEqual([0.1, 0, 0, 0]);
    expect(lower).toMatchObject({ kind: 'line', stroke: 'orange' });
    expect(numbersOf('points' in lower ? lower.points : [])).toEqual([0.2, 0, 0.1, 0]);
    expect(fingertip).toMatchObject({ kind: 'circle', y: 0, radius: 0.01, fill: 'orange' });
    expect(target).toMatchObject({ kind: 'circle', x: 0.1, y: -0.1, radius: 0.009, fill: 'quiet' });
  });

  test('a hopper from the side, on the ground', () => {
    const { shapes, extent } = drawStill('hopper-3x1');
    const [torso, thigh, leg, foot] = shapes.slice(-4);
    expect([torso, thigh, leg, foot].map((shape) => 'stroke' in shape && shape.stroke)).toEqual([
      ...['quiet', 'blue', 'orange', 'green'],
    ]);
    const heights = numbersOf('points' in torso ? torso.points : []).filter((_, index) => index % 2 === 1);
    expect(heights.sort()).toEqual([1.05, 1.45]);
    expect(extent.left).toBe(-extent.right);
    expect(extent.bottom).toBeLessThan(0);
  });
});

test('the picture goes along with the body', () => {
  const world = mujoco({ variant: 'swimmer-2x1' });
  const frame = createFrame(world.spec, 1);
  const scenes: Scene[] = [];
  world.watch?.(0, (draw) => scenes.push(draw()));
  world.reset(randomFrom(1), frame);
  const actions = createActions(world.spec, 1).fill(1);
  for (let step = 0; step < 20; step++) world.step(actions, frame);
  const [first, last] = [scenes[0], scenes[20]];
  expect(last.caption).toMatch(/^step 20: distance -?\d\.\d\d m$/);
  expect(last.extent.left).not.toBe(first.extent.left);
  expect(last.extent.right - last.extent.left).toBeCloseTo(first.extent.right - first.extent.left, 12);
  world.dispose?.();
});
