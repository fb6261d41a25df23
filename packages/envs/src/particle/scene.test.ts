import { createActions, createFrame, randomFrom, type Scene } from '@murmuration/core';
import { expect, test } from 'vitest';
import { mpe, type ParticleInput } from './mpe';
import { sceneOf } from './scene';

const begin = (input: ParticleInput) => {
  const world = mpe(input);
  const frame = createFrame(world.spec, 1);
  world.reset(randomFrom(1), frame);
  return { world, frame, actions: createActions(world.spec, 1), particles: world.particles };
};

test('agents, landmarks, goals and words are where they are', () => {
  const { world, frame, actions, particles } = begin({ task: 'reference' });
  particles.x.set([0.5, -2, 0, 0.2, 1]);
  particles.y.set([0.5, 0, 0, 0.3, 1]);
  particles.goals.set([2, 0]);
  actions.set([2 + 5 * 3, 0]);
  world.step(actions, frame);
  const { shapes, extent, caption } = sceneOf(particles, 0);
  expect(extent).toEqual({ left: -2.3, bottom: -1.2, right: 1.3, top: 1.3 });
  // The distances are 0.71 and 2.
  expect(caption).toBe('step 1: distance to goal 1.35');
  expect(shapes.slice(1)).toEqual([
    ...[
      [0, 0],
      [0.2, 0.3],
      [1, 1],
    ].map(([x, y]) => ({ kind: 'circle', x, y, radius: 0.05, fill: 'grey' })),
    { kind: 'circle', x: 1, y: 1, radius: 0.09, stroke: 'blue', strokeWidth: 0.02 },
    { kind: 'circle', x: 0, y: 0, radius: 0.13, stroke: 'orange', strokeWidth: 0.02 },
    { kind: 'line', points: [0.5, 0.5, 0.65, 0.5], stroke: 'blue', width: 0.02 },
    { kind: 'circle', x: 0.5, y: 0.5, radius: 0.05, fill: 'blue', opacity: 0.8 },
    { kind: 'text', x: 0.5, y: 0.65, text: 'D', size: 0.14, colour: 'text' },
    { kind: 'line', points: [-2, 0, -2, 0], stroke: 'orange', width: 0.02 },
    { kind: 'circle', x: -2, y: 0, radius: 0.05, fill: 'orange', opacity: 0.8 },
    // Message 0 is a word too.
    { kind: 'text', x: -2, y: 0.15, text: 'A', size: 0.14, colour: 'text' },
  ]);
});

test('rivals have the colours of their sides', () => {
  const { particles } = begin({ task: 'tag' });
  const discs = sceneOf(particles, 0).shapes.filter(
    (shape) => shape.kind === 'circle' && shape.fill !== 'grey',
  );
  expect(discs.map((shape) => 'fill' in shape && shape.fill)).toEqual(['orange', 'orange', 'orange', 'blue']);
});

test('an episode is watched from its first moment to its last', () => {
  const { world, frame, actions } = begin({ task: 'spread', episodeLimit: 3 });
  const scenes: Scene[] = [];
  const starts: boolean[] = [];
  world.watch?.(0, (draw, started) => {
    scenes.push(draw());
    starts.push(started);
  });
  world.reset(randomFrom(2), frame);
  for (let step = 0; step < 3; step++) world.step(actions, frame);
  expect(starts).toEqual([true, false, false, false, true]);
  expect(scenes.map(({ caption }) => caption.split(':')[0])).toEqual(
    [0, 1, 2, 3, 0].map((step) => `step ${step}`),
  );
});
