import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Checkpoint, encodeCheckpoint, loadPolicy, train } from '@murmuration/core';
import { createRunDirectory, readLatestCheckpoint } from '@murmuration/core/node';
import { coordination } from '@murmuration/envs';
import { expect, test } from 'vitest';
import { qmix, vdn } from '../src';
import { sharePeriodically } from '../src/sharing';

const settings = { batchEpisodes: 8, episodesPerUpdate: 16, bufferEpisodes: 200, hiddenUnits: 8 };
const plan = { steps: 3200, seed: 1, settings, evaluateEvery: 3200, checkpointEvery: 800, copies: 8 };

const last = async (path: string, resume?: Checkpoint): Promise<Uint8Array> => {
  const run = await createRunDirectory(path, {}, { keep: 'all' });
  let bytes: Uint8Array = new Uint8Array();
  for await (const event of train(qmix, () => coordination({ agents: 3 }), { ...plan, resume })) {
    if (event.event !== 'checkpoint') continue;
    await run.writeCheckpoint(event.step, event.checkpoint);
    bytes = encodeCheckpoint(event.checkpoint).tensors;
  }
  await run.close();
  return bytes;
};

test('what is remembered is written once, needed to go on, and not to act', async () => {
  const root = await mkdtemp(join(tmpdir(), 'murmuration-qmix-'));
  try {
    const whole = await last(join(root, 'whole'));
    const checkpoints = join(root, 'whole', 'checkpoints');
    const pieces = await readdir(join(checkpoints, 'pieces'));
    expect(pieces.length).toBeGreaterThan(2);
    const { size } = await stat(join(checkpoints, 'step-3200.safetensors'));
    expect(size).toBeLessThan(0.7 * whole.length);

    for (const name of ['step-1600', 'step-2400', 'step-3200'])
      await rm(join(checkpoints, `${name}.safetensors`));
    const earlier = await readLatestCheckpoint(join(root, 'whole'));
    expect(earlier?.step).toBe(800);
    expect(await last(join(root, 'resumed'), earlier?.state)).toEqual(whole);

    const light = await readLatestCheckpoint(join(root, 'resumed'), { whole: false });
    const policy = await loadPolicy(qmix, light!.state);
    expect(policy.spec.id).toBe('coordination/3');
    await expect(last(join(root, 'lost'), light!.state)).rejects.toThrow('beside the checkpoint');
  } finally {
    await rm(root, { recursive: true });
  }
});

test('agents that share periodically are loaded to act without what they remember', async () => {
  const shared = sharePeriodically(vdn, 'a-pps-vdn', { every: 1 });
  const short = { ...plan, steps: 400, settings: { ...settings, shareParameters: false } };
  for await (const event of train(shared, () => coordination({ agents: 2 }), short)) {
    if (event.event !== 'done') continue;
    const policy = await loadPolicy(shared, event.checkpoint);
    expect(policy.spec.agents).toHaveLength(2);
  }
  expect.assertions(1);
});
