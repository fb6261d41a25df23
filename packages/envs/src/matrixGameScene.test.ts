import { expect, test } from 'vitest';
import { matrixGameScene } from './matrixGameScene';

test('the way through the tree is framed, and what the next states pay is coloured', () => {
  // Two actions, two steps: the root's children are 1 to 4, those of state 3 are 13 to 16.
  const rewards = Float64Array.of(0.5, 0.25, -0.5, 1, 0);
  const game = { branches: 4, rewards, states: 21, best: 1.5 };
  const scene = matrixGameScene({ game, actions: 2, depth: 2, state: 15, paid: 1.5 });
  expect(scene.caption).toBe('step 2 of 2: paid 1.50 of at best 1.50');
  const cells = scene.shapes.flatMap((shape) =>
    shape.kind === 'polygon' && shape.fill !== 'panel' ? [shape] : [],
  );
  expect(cells.map(({ fill, stroke, opacity }) => [fill ?? stroke, opacity])).toEqual([
    ...[
      ['green', 0.25],
      ['orange', 0.5],
      ['green', 1],
      ['text', undefined],
      ['green', 0],
    ],
    ...[
      ['green', 0],
      ['green', 0],
      ['green', 0],
      ['text', undefined],
      ['green', 0],
    ],
  ]);
  // State 3 is joint action 2: the first agent's second row, the second agent's first column.
  expect(cells[3].points).toEqual([0.0625, 0.0625, 0.9375, 0.0625, 0.9375, 0.9375, 0.0625, 0.9375]);
  const start = matrixGameScene({ game, actions: 2, depth: 2, state: 0, paid: 0 });
  expect(start.shapes).toHaveLength(6);
});
