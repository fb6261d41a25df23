import type { Policy, UpdateContext } from '@murmuration/core';
import { createParameters, disposeParameters, ready } from '@murmuration/core/tensors';
import { beforeAll, expect, test } from 'vitest';
import { earningsOf } from './weighing';

beforeAll(() => ready());

const agents = () =>
  [1, 2, 6].map((value) => createParameters({ w: { shape: [1], data: Float32Array.of(value) } }));
const valuesOf = (all: ReturnType<typeof agents>) =>
  Promise.all(all.map(async ({ w }) => (await w.data())[0]));
const policy = {} as Policy;

test('plays with each agent’s weights in the place of its group’s, and puts them back', async () => {
  const all = agents();
  const seen: number[][] = [];
  const context: UpdateContext = {
    reduce: async () => {},
    evaluate: async () => {
      seen.push(await valuesOf(all));
      return { metrics: { return: 10 * seen.length, episodeLength: 2.5 }, returns: [] };
    },
  };
  const groups = [[0, 2], [1]];
  expect(await earningsOf({ policy }, all, groups, 4, context)).toEqual({ returns: [10, 30, 20], steps: 30 });
  expect(seen).toEqual([
    [1, 2, 1],
    [6, 2, 6],
    [1, 2, 6],
  ]);
  expect(await valuesOf(all)).toEqual([1, 2, 6]);
  for (const each of all) disposeParameters(each);
});

test('puts weights back where playing fails', async () => {
  const all = agents();
  const context: UpdateContext = {
    reduce: async () => {},
    evaluate: () => Promise.reject(new Error('stopped')),
  };
  await expect(earningsOf({ policy }, all, [[0, 1, 2]], 1, context)).rejects.toThrow('stopped');
  expect(await valuesOf(all)).toEqual([1, 2, 6]);
  for (const each of all) disposeParameters(each);
});
