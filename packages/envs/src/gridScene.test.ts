import { expect, test } from 'vitest';
import { gridScene } from './gridScene';

const two = { size: 2, places: [1, 2], goals: [1, 0], left: [0, 0], step: 3, reached: 1 };
const discs = (scene: ReturnType<typeof gridScene>) => scene.shapes.filter(({ kind }) => kind === 'circle');

test('walkers stand in the middle of their cells, goals around theirs, the first row on top', () => {
  const scene = gridScene(two);
  expect(scene.caption).toBe('step 3: 1 of 2 at their goals');
  expect(scene.shapes.slice(-4)).toEqual([
    {
      ...{ kind: 'polygon', points: [1.0625, 1.0625, 1.9375, 1.0625, 1.9375, 1.9375, 1.0625, 1.9375] },
      ...{ stroke: 'blue', strokeWidth: 0.08, opacity: 1 },
    },
    {
      ...{ kind: 'polygon', points: [0.0625, 1.0625, 0.9375, 1.0625, 0.9375, 1.9375, 0.0625, 1.9375] },
      ...{ stroke: 'orange', strokeWidth: 0.08, opacity: 1 },
    },
    { kind: 'circle', x: 1.5, y: 1.5, radius: 0.3, fill: 'blue', label: '0', labelColour: 'ground' },
    { kind: 'circle', x: 0.5, y: 0.5, radius: 0.3, fill: 'orange', label: '1', labelColour: 'ground' },
  ]);
});

test('walkers in one cell stand apart, those that left are gone, and who meets has no goals', () => {
  const together = discs(gridScene({ ...two, places: [1, 1], goals: undefined }));
  expect(together).toMatchObject([
    { x: 1.7, y: 1.5, radius: 0.18 },
    { x: 1.3, y: 1.5, radius: 0.18 },
  ]);
  expect(discs(gridScene({ ...two, left: [1, 0] }))).toMatchObject([{ label: '1' }]);
  expect(gridScene({ ...two, goals: undefined }).caption).toBe('step 3: 1 of 2 together');
});
