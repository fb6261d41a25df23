import type { Extent, Scene } from '@murmuration/core';
import { expect, test } from 'vitest';
import { focused } from './focus';

const extent = { left: 0, bottom: 0, right: 32, top: 32 };
const scene = (focus?: Extent): Scene => ({ extent, focus, shapes: [], caption: '' });
const rectangle = (left: number, bottom: number, right: number, top: number): Extent => ({
  left,
  bottom,
  right,
  top,
});
const shown = (...foci: Extent[]): Extent[] => focused(foci.map(scene)).map((each) => each.extent);

test('every scene shows what any of them needs', () => {
  const both = rectangle(4, 6, 16, 14);
  expect(shown(rectangle(4, 6, 12, 12), rectangle(8, 8, 16, 14))).toEqual([both, both]);
});

test('a picture is neither too flat nor higher than wide, nor leaves the world', () => {
  expect(shown(rectangle(4, 10, 20, 12))).toEqual([rectangle(4, 7, 20, 15)]);
  expect(shown(rectangle(0, 4, 4, 20))).toEqual([rectangle(0, 4, 16, 20)]);
  expect(shown(rectangle(-2, 30, 40, 36))).toEqual([rectangle(0, 16, 32, 32)]);
});

test('who does not say what matters is shown whole', () => {
  const scenes = [scene(rectangle(4, 6, 12, 12)), scene()];
  expect(focused(scenes)).toBe(scenes);
});
