import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { unflattenState } from '../files/flatState';
import { sealed } from '../sealed';
import { type State, stateTree } from '../state';
import { readCheckpoint, readLatestCheckpoint } from './checkpoints';
import { createRunDirectory, openRunDirectory, type RunDirectory } from './runDirectory';

let root: string;
let directory: string;
let run: RunDirectory;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'murmuration-pieces-'));
  directory = join(root, 'run');
  run = await createRunDirectory(directory, {}, { keep: 2 });
});
afterEach(() => rm(root, { recursive: true }));

const large = (value: number): State => sealed({ value, data: new Float32Array(10_000).fill(value) });
const pieces = async (): Promise<string[]> =>
  (await readdir(join(directory, 'checkpoints', 'pieces'))).sort();
const path = (step: number): string => join(directory, 'checkpoints', `step-${step}.safetensors`);

test('what is sealed is written once, and read back where it was', async () => {
  const [a, b] = [large(1), large(2)];
  await run.writeCheckpoint(1, { blocks: [a], step: 1 });
  const [first] = await pieces();
  const written = (await stat(join(directory, 'checkpoints', 'pieces', first))).mtimeMs;
  await run.writeCheckpoint(2, { blocks: [a, b], step: 2 });
  expect(await pieces()).toHaveLength(2);
  expect((await stat(join(directory, 'checkpoints', 'pieces', first))).mtimeMs).toBe(written);
  expect((await readFile(path(2))).length).toBeLessThan(2000);
  expect((await readLatestCheckpoint(directory))?.state).toEqual({ blocks: [a, b], step: 2 });
});

test('what was read is not written anew, and gives the same bytes', async () => {
  await run.writeCheckpoint(1, { blocks: [large(1), large(2)] });
  const before = [await pieces(), await readFile(path(1))];
  const state = (await readLatestCheckpoint(directory))!.state;
  await rm(path(1));
  await run.writeCheckpoint(1, state);
  expect([await pieces(), await readFile(path(1))]).toEqual(before);
});

test('pieces go with the last checkpoint that refers to them, and those of a stopped writer too', async () => {
  for (const step of [1, 2, 3]) await run.writeCheckpoint(step, { blocks: [large(step)] });
  expect(await pieces()).toHaveLength(2);
  await run.truncateAfter(2);
  expect(await pieces()).toHaveLength(1);
  expect((await readLatestCheckpoint(directory))?.state).toEqual({ blocks: [large(2)] });
  await run.close();
  await writeFile(join(directory, 'checkpoints', 'pieces', '.murmuration-0123456789abcdef.tmp'), 'torn');
  await openRunDirectory(directory);
  expect(await pieces()).toHaveLength(1);
});

test('nothing is removed while a checkpoint cannot be read', async () => {
  await run.writeCheckpoint(1, { blocks: [large(1)] });
  await writeFile(path(1), 'torn');
  await run.writeCheckpoint(2, { blocks: [large(2)] });
  expect(await pieces()).toHaveLength(2);
});

test('a damaged or a missing piece is named, and the checkpoint before it is used', async () => {
  await run.writeCheckpoint(1, { blocks: [], step: 1 });
  await run.writeCheckpoint(2, { blocks: [large(2)], step: 2 });
  const [name] = await pieces();
  const file = join(directory, 'checkpoints', 'pieces', name);
  const bytes = await readFile(file);
  bytes[bytes.length - 1] ^= 1;
  await writeFile(file, bytes);
  await expect(readCheckpoint(path(2))).rejects.toThrow(`${file}: was changed or damaged`);
  const latest = await readLatestCheckpoint(directory);
  expect([latest?.step, latest?.warnings.length]).toEqual([1, 1]);
  await rm(file);
  await expect(readCheckpoint(path(2))).rejects.toThrow(`cannot read ${file}: there is no such file`);
});

test('without its pieces a checkpoint still gives what lies in it, and says what does not', async () => {
  await run.writeCheckpoint(1, { memory: large(3), weights: Float32Array.of(7) });
  const { state } = await readCheckpoint(path(1), { whole: false });
  expect(state.weights).toEqual(Float32Array.of(7));
  expect(() => stateTree(stateTree(state, 'memory'), 'data')).toThrow(
    /state "memory\/data" lies in [0-9a-f]{32}, beside the checkpoint, and was not loaded; resume the run/,
  );
});

test('a reference that is no name of ours is refused', () => {
  const metadata = new Map([['tree', '{"piece":"../../../etc/passwd"}']]);
  expect(() => unflattenState({ tensors: new Map(), metadata })).toThrow(
    'state "tree" holds an unknown JSON object',
  );
});
