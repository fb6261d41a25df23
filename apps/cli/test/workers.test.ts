import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeCheckpoint, provenanceOf } from '@murmuration/core';
import { expect, test } from 'vitest';
import { eventsOf, murmuration, start, temporaryDirectory } from './murmuration';

const directory = temporaryDirectory();

const small = [
  ...[
    '--set',
    'network.hidden=[8]',
    'rollout=10',
    'policy.epochs=2',
    'policy.minibatches=2',
    'critic.epochs=2',
  ],
  ...['--copies', '4', '--seed', '5', '--episodes', '2'],
];
const train = (steps: number, ...more: string[]): string[] => [
  ...['train', 'mappo', 'mpe/spread', ...small, '--steps', `${steps}`, '--evaluate-every', '400'],
  ...['--checkpoint-every', '400', ...more],
];

const read = (run: string, name: string): Buffer => readFileSync(join(directory, run, name));

test('two workers tell what one tells, learn nearly the same, and are evaluated like any other', async () => {
  const runs = await Promise.all(
    ['1', '2'].map((workers) =>
      murmuration([...train(800), '--workers', workers, '--output', workers, '--json'], directory),
    ),
  );
  const [one, two] = runs.map((ended) => {
    expect(ended).toMatchObject({ status: 0 });
    return eventsOf(ended).filter(({ event }) => event !== 'progress');
  });
  expect(two.map(({ event, step }) => [event, step])).toEqual(one.map(({ event, step }) => [event, step]));
  const first = (run: string): { return: number } =>
    JSON.parse(read(run, 'evaluations.jsonl').toString().split('\n')[0]);
  expect(first('2').return).toBeCloseTo(first('1').return, 4);
  expect(JSON.parse(read('2', 'config.json').toString())).toMatchObject({ workers: 2 });
  const kept = decodeCheckpoint(read('2', 'checkpoints/step-800.safetensors'));
  expect(provenanceOf(kept)).toMatchObject({ workers: 2, copies: 4 });
  const evaluated = await murmuration(['evaluate', '2', '--episodes', '2', '--json'], directory);
  expect(evaluated).toMatchObject({ status: 0 });
});

test('a run in two workers that was interrupted ends like one that was not', async () => {
  const whole = [...train(2000), '--workers', '2', '--output', 'whole'];
  expect(await murmuration(whole, directory)).toMatchObject({ status: 0 });
  const { child, said, ended } = start(
    [...train(2000), '--workers', '2', '--output', 'stopped', '--json'],
    directory,
  );
  await said('"event":"checkpoint"');
  child.kill('SIGINT');
  const { status, output } = await ended;
  expect([status, output.includes('"event":"interrupted"')]).toEqual([130, true]);
  const other = await murmuration(['train', '--resume', 'stopped', '--workers', '1'], directory);
  expect(other).toMatchObject({ status: 2 });
  expect(other.error).toContain(
    '--workers is 1, but the run in stopped has 2; leave it out, or start a new run',
  );
  expect(await murmuration(['train', '--resume', 'stopped'], directory)).toMatchObject({ status: 0 });
  for (const name of ['checkpoints/step-2000.safetensors', 'evaluations.jsonl', 'metrics.jsonl'])
    expect(read('stopped', name).equals(read('whole', name)), name).toBe(true);
});

test.each([
  [
    ['mappo', 'mpe/spread', '--copies', '3'],
    'copies is 3, which they cannot share equally; give copies that are a multiple of 2',
  ],
  [['roma-iqss', 'coordination/3'], 'roma-iqss learns in one worker only; leave it out'],
])('two workers are refused: %j', async (command, reason) => {
  const refused = await murmuration(['train', ...command, '--workers', '2'], directory);
  expect(refused).toMatchObject({ status: 2, error: `murmuration: --workers is 2, but ${reason}\n` });
});
