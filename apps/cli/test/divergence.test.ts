import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeCheckpoint, stateTree } from '@murmuration/core';
import { expect, test } from 'vitest';
import { murmuration, temporaryDirectory, worldPath } from './murmuration';

const directory = temporaryDirectory();
const deep = ['--set', 'learner=deep', 'deep.start=1', 'deep.rewardScale=1', '--steps', '2000'];

test('an infinite loss stops training and leaves the batch that did it', async () => {
  const train = ['train', 'sma-iql', worldPath('huge'), ...deep, '--output', 'run', '--json'];
  const { status, error } = await murmuration(train, directory);
  expect(status).toBe(1);
  const line = error.split('\n').at(-2)!;
  expect(line).toMatch(
    /^murmuration: \w+ became (Infinity|NaN) at step \d+; .* saved in run\/divergence-step-\d+\.safetensors$/,
  );
  const file = line.split(' ').at(-1)!;
  expect(Object.keys(stateTree(decodeCheckpoint(readFileSync(join(directory, file))), 'batch'))).not.toEqual(
    [],
  );
});

test('in a comparison it fails its run alone', async () => {
  const compare = ['compare', 'sma-iql', worldPath('huge'), ...deep, '--seeds', '1', '--output', 'study'];
  const { status, error } = await murmuration(compare, directory);
  expect(status).toBe(1);
  expect(error.split('\n').at(-2)).toMatch(
    /^murmuration: all 1 runs failed: .* at step \d+; repeat it with train, which saves the batch that did it$/,
  );
});
