import { expect, it } from 'vitest';
import { box, contains, discrete, encode, featuresOf, widthOf } from './space';

it('a discrete value takes one float and is shown one-hot', () => {
  const space = discrete(4);
  expect([widthOf(space), featuresOf(space)]).toEqual([1, 4]);
  const features = new Float32Array(6).fill(9);
  encode(space, [7, 2], 1, features, 1);
  expect([...features]).toEqual([9, 0, 0, 1, 0, 9]);
});

it('a box is shown as it is', () => {
  const space = box([2, 2]);
  expect([widthOf(space), featuresOf(space)]).toEqual([4, 4]);
  const features = new Float32Array(5);
  encode(space, [0, 1, 2, 3, 4], 1, features, 1);
  expect([...features]).toEqual([0, 1, 2, 3, 4]);
});

it('knows what it contains', () => {
  expect(contains(discrete(3), [2])).toBe(true);
  for (const value of [[3], [-1], [0.5], [Number.NaN], [0, 1]])
    expect(contains(discrete(3), value)).toBe(false);
  const space = box([2], [-1, 0], 1);
  expect(contains(space, [-1, 1])).toBe(true);
  for (const value of [[-1, -0.1], [0, 1.1], [Number.NaN, 0], [0]])
    expect(contains(space, value)).toBe(false);
});
