import type { Scene, Shape } from '@murmuration/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeMoment, encodeReplay } from './encode';
import type { RecordedEpisode } from './recorder';

const episodeOf = (scenes: readonly Scene[]): RecordedEpisode => ({
  scenes,
  rewards: scenes.map(() => 0),
  steps: scenes.length - 1,
  return: 0,
  metrics: {},
});

const extent = { left: 0, bottom: 0, right: 32, top: 32 };
const disc = (x: number): Shape => ({ kind: 'circle', x, y: 1, radius: 0.5, fill: 'blue', label: 'm' });

test('what stays is written once, what moves with as many decimals as can be seen', () => {
  const scenes = [1, 2].map(
    (x): Scene => ({ extent, shapes: [disc(x + 0.123456), disc(30)], caption: `at ${x}` }),
  );
  expect(encodeReplay([episodeOf(scenes)], (_, index) => `episode ${index}`)).toEqual({
    moving: expect.objectContaining({ circle: ['x', 'y'], line: ['points'] }),
    templates: [{ kind: 'circle', radius: 0.5, fill: 'blue', label: 'm' }],
    extents: [extent],
    episodes: [
      {
        name: 'episode 0',
        rewards: [0, 0],
        moments: [
          ['at 1', 0, [0, 1.12, 1, 0, 30, 1]],
          ['at 2', 0, [0, 2.12, 1, 0, 30, 1]],
        ],
      },
    ],
  });
});

const place = fc.double({ min: -50, max: 50, noNaN: true });
const points = fc.array(fc.tuple(place, place), { minLength: 2, maxLength: 5 }).map((pairs) => pairs.flat());
const text = fc.string({ maxLength: 5 });
const shape: fc.Arbitrary<Shape> = fc.oneof(
  fc.record({
    kind: fc.constant('circle' as const),
    x: place,
    y: place,
    radius: fc.constant(0.3),
    label: text,
  }),
  fc.record({
    kind: fc.constant('line' as const),
    points,
    stroke: fc.constant('text' as const),
    width: fc.constant(1),
  }),
  fc.record({ kind: fc.constant('polygon' as const), points, fill: fc.constant('sky' as const) }),
  fc.record({
    ...{
      kind: fc.constant('bar' as const),
      x: place,
      y: place,
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    },
    ...{ width: fc.constant(2), height: fc.constant(1), fill: fc.constant('green' as const) },
  }),
  fc.record({
    ...{ kind: fc.constant('text' as const), x: place, y: place, text },
    ...{ size: fc.constant(1), colour: fc.constant('quiet' as const) },
  }),
);

/** The same with numbers that need only be near: 0.05 of a hundred. */
const nearly = (value: unknown): unknown => {
  if (typeof value === 'number') return expect.closeTo(value, 1);
  if (Array.isArray(value)) return value.map(nearly);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, nearly(each)]));
};

test('a moment comes back as it was, to less than a pixel', () => {
  const decode: typeof decodeMoment = new Function(`return ${decodeMoment.toString()}`)();
  const scene = fc.record({ shapes: fc.array(shape, { maxLength: 6 }), caption: text });
  fc.assert(
    fc.property(fc.array(scene, { minLength: 1, maxLength: 4 }), (drawn) => {
      const wide = { left: -50, bottom: -50, right: 50, top: 50 };
      const scenes = drawn.map((each): Scene => ({ ...each, extent: wide }));
      const encoded = JSON.parse(JSON.stringify(encodeReplay([episodeOf(scenes)], () => 'one')));
      scenes.forEach((expected, moment) => {
        expect(decode(encoded, encoded.episodes[0].moments[moment])).toEqual(nearly(expected));
      });
    }),
    { seed: 1, numRuns: 100 },
  );
});
