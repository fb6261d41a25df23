import { expect, test } from 'vitest';
import { flagScene } from './flagScene';

test.each([
  [0, [-0.6, 0.6], 'two robots carry one object', true],
  [1, [-3.6, -2.4], 'both chose one flag: 100', true],
  [2, [-3.6, 3.6], 'they chose different flags: -200', false],
  [3, [2.4, -2.4], 'they chose different flags: -200', false],
  [4, [2.4, 3.6], 'both chose one flag: 100', true],
])('state %i shows where both robots are', (reached, places, caption, carried) => {
  const scene = flagScene(reached);
  expect(scene.caption).toBe(caption);
  const robots = scene.shapes.filter((shape) => shape.kind === 'circle');
  expect(robots.map(({ x }) => x)).toEqual(places.map((place) => expect.closeTo(place, 10)));
  const object = scene.shapes.some((shape) => shape.kind === 'line' && shape.stroke === 'yellow');
  expect(object).toBe(carried);
});
