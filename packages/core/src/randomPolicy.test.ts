import { expect, test } from 'vitest';
import type { EnvironmentSpec } from './environment';
import { createActions, createFrame } from './frame';
import { randomFrom } from './random';
import { createRandomPolicy } from './randomPolicy';
import { box, discrete } from './space';

const spec: EnvironmentSpec = {
  id: 'mixed/3',
  agents: [
    { id: 'chooser', species: 'one', observation: box([1]), action: discrete(4) },
    { id: 'bounded', species: 'two', observation: box([1]), action: box([2], -1, 3) },
    { id: 'free', species: 'three', observation: box([1]), action: box([1]) },
  ],
  state: box([1]),
  sharedReward: true,
  agentsDie: false,
  metrics: [],
  nonStationary: false,
};

test('a random team takes what can be taken, evenly and within bounds', () => {
  const copies = 2000;
  const frame = createFrame(spec, copies);
  const actions = createActions(spec, copies);
  // The chooser may take its second and its last action.
  for (let copy = 0; copy < copies; copy++) frame.availableActions.set([0, 1, 0, 1], copy * 3 * 4);
  const actor = createRandomPolicy(spec).start(copies, randomFrom(0));
  actor.act(frame, actions);
  const column = (offset: number) => Array.from({ length: copies }, (_, copy) => actions[copy * 6 + offset]);
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / copies;

  expect(new Set(column(0))).toEqual(new Set([1, 3]));
  expect(mean(column(0))).toBeCloseTo(2, 1);
  for (const entry of [2, 3]) {
    expect(Math.min(...column(entry))).toBeGreaterThanOrEqual(-1);
    expect(Math.max(...column(entry))).toBeLessThanOrEqual(3);
    expect(mean(column(entry))).toBeCloseTo(1, 0);
  }
  expect(mean(column(4).map((value) => value ** 2))).toBeCloseTo(1, 0);

  const again = createActions(spec, copies);
  createRandomPolicy(spec).start(copies, randomFrom(0)).act(frame, again);
  expect(again).toEqual(actions);
});
