import { expect, test } from 'vitest';
import { differentialScene } from './differentialScene';

test('each agent has its track, and the distance of all a mark among the zones that pay', () => {
  const { shapes, caption } = differentialScene({
    places: [0.5, -1],
    distance: Math.SQRT2,
    peak: 0.12,
    step: 4,
  });
  expect(caption).toBe('step 4: distance 1.41');
  const agents = shapes.filter((shape) => shape.kind === 'circle');
  expect(agents.map(({ x, fill, label }) => [x, fill, label])).toEqual([
    [0.5, 'blue', '0'],
    [-1, 'orange', '1'],
  ]);
  const mark = shapes.at(-1);
  expect(mark).toMatchObject({ kind: 'line', stroke: 'text' });
  // As far as they can be, the mark stands at the end of the track.
  expect(mark?.kind === 'line' && mark.points[0]).toBeCloseTo(1, 10);
});
