import { expect, test } from 'vitest';
import { drawGame } from './coordinationGame';
import { coordinationScene } from './coordinationScene';

test('actions are told by whether they belong to u, to v or to neither', () => {
  const drawn = drawGame({ agents: 3, actions: 3, stages: 2, outcomes: 21, partialCredit: false }, 0);
  const game = { ...drawn, first: Uint8Array.of(0, 0, 0, 1, 1, 1), second: Uint8Array.of(1, 1, 1, 2, 2, 2) };
  const chosen = Uint8Array.of(0, 1, 2, 255, 255, 255);
  const scene = coordinationScene({ game, stage: 1, reached: [7, 0], chosen });
  expect(scene.caption).toBe('stage 1 of 2: other');
  expect(scene.shapes.filter(({ kind }) => kind === 'circle')).toEqual([
    { kind: 'circle', x: 1, y: 2.5, radius: 0.4, fill: 'blue', label: '0', labelColour: 'ground' },
    { kind: 'circle', x: 1, y: 1.5, radius: 0.4, fill: 'orange', label: '1', labelColour: 'ground' },
    { kind: 'circle', x: 1, y: 0.5, radius: 0.4, fill: 'grey', label: '2', labelColour: 'ground' },
    ...[2.5, 1.5, 0.5].map((y) => ({
      ...{ kind: 'circle', x: 3, y, radius: 0.4, stroke: 'quiet', strokeWidth: 0.04, opacity: 0.5 },
    })),
  ]);
  expect(coordinationScene({ game, stage: 2, reached: [2, 1], chosen }).caption).toBe(
    'stage 2 of 2: mixed, v',
  );
});
