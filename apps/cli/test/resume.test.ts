import { randomInt } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { eventsOf, murmuration, start, temporaryDirectory } from './murmuration';

const directory = temporaryDirectory();

/** What a run leaves that must not depend on whether it was stopped on the way. */
const remains = (run: string, steps: number): Record<string, string> => {
  const read = (name: string): string => readFileSync(join(directory, run, name)).toString('base64');
  return {
    checkpoint: read(`checkpoints/step-${steps}.safetensors`),
    metrics: read('metrics.jsonl'),
    evaluations: read('evaluations.jsonl'),
  };
};

const kinds = [
  { kind: 'tabular', command: ['roma-iqss', 'coordination/3'], steps: 60_000, longest: 900 },
  {
    kind: 'deep',
    command: [
      'roma-iqss',
      'flag/2',
      '--set',
      'learner=deep',
      'deep.start=100',
      'deep.hidden=[16]',
      'deep.modelHidden=[16]',
      'deep.batchSize=16',
      'deep.every=20',
    ],
    steps: 2000,
    longest: 900,
  },
];

describe.each(kinds)('a $kind run', ({ kind, command, steps, longest }) => {
  const train = ['train', ...command, '--steps', String(steps), '--seed', '3'];
  const whole = `whole-${kind}`;

  test('that is killed at any moment ends like one that was not', async () => {
    expect((await murmuration([...train, '--output', whole], directory)).status).toBe(0);
    const run = `killed-${kind}`;
    const moments: number[] = [];
    for (let attempt = 0; attempt < 3; attempt++) {
      const again = existsSync(join(directory, run, 'config.json'));
      const { child, ended } = start(
        again ? ['train', '--resume', run] : [...train, '--output', run],
        directory,
      );
      while (!existsSync(join(directory, run, 'config.json'))) await wait(5);
      moments.push(randomInt(longest));
      await wait(moments.at(-1));
      child.kill('SIGKILL');
      await ended;
    }
    const { status, error } = await murmuration(['train', '--resume', run], directory);
    expect({ status, moments }, error).toEqual({ status: 0, moments });
    expect(remains(run, steps), `killed after ${moments} ms`).toEqual(remains(whole, steps));
  });

  test('that is interrupted writes a last checkpoint, says so, and goes on', async () => {
    const run = `interrupted-${kind}`;
    const { child, ended, said } = start([...train, '--output', run, '--json'], directory);
    await said('"evaluation"');
    child.kill('SIGINT');
    const stopped = await ended;
    expect(stopped.status).toBe(130);
    const last = eventsOf(stopped).at(-1)!;
    expect(last).toMatchObject({ event: 'interrupted', output: run });
    expect(last.step).toBeLessThan(steps);
    expect(readdirSync(join(directory, run, 'checkpoints'))).toContain(`step-${last.step}.safetensors`);
    const repeated = ['--steps', String(steps), '--seed', '3', '--resume', run];
    expect((await murmuration(['train', ...command, ...repeated], directory)).status).toBe(0);
    expect(remains(run, steps)).toEqual(remains(whole, steps));
  });
});

test('SIGTERM is as polite as Ctrl-C', async () => {
  const { child, ended, said } = start(
    ['train', 'sma-iql', 'coordination/3', '--output', 'terminated', '--json'],
    directory,
  );
  await said('"evaluation"');
  child.kill('SIGTERM');
  expect((await ended).status).toBe(130);
});

describe('what is repeated with --resume must agree', () => {
  test.each([
    [['sma-iqss'], 'algorithm is "sma-iqss", but the run in base has "roma-iqss"'],
    [['roma-iqss', 'coordination/3'], 'environment is "coordination/3", but the run in base has "flag/2"'],
    [['--seed', '4'], '--seed is 4, but the run in base has 0'],
    [['--episodes', '4'], '--episodes is 4, but the run in base has 10'],
    [['--set', 'kappa=1'], 'kappa is 1, but the run in base has 5'],
    [['--set', 'schedule.turn=7'], 'schedule.turn is 7, but the run in base has 500'],
    [['--set', 'preset=paper'], 'preset is "paper", but the run in base has none'],
  ])('%j', async (given, line) => {
    if (!existsSync(join(directory, 'base'))) {
      const train = [
        'train',
        'roma-iqss',
        'flag/2',
        '--steps',
        '400',
        '--output',
        'base',
        '--set',
        'kappa=5',
        'schedule.turn=500',
      ];
      expect((await murmuration(train, directory)).status).toBe(0);
    }
    const ended = await murmuration(['train', ...given, '--resume', 'base'], directory);
    expect(ended).toEqual({
      status: 2,
      output: '',
      error: `murmuration: ${line}; leave it out, or start a new run\n`,
    });
  });

  test('steps may grow, and never shrink', async () => {
    const resume = ['train', 'roma-iqss', 'flag/2', '--resume', 'base'];
    const shrunk = await murmuration([...resume, '--steps', '300'], directory);
    expect(shrunk.error).toBe(
      'murmuration: --steps is 300, but the run in base has 400; leave it out, or give more\n',
    );
    const grown = await murmuration([...resume, '--steps', '700', '--json'], directory);
    expect(eventsOf(grown).at(-1)).toMatchObject({ event: 'done', step: 700, output: 'base' });
    const { steps } = JSON.parse(readFileSync(join(directory, 'base/config.json'), 'utf8'));
    expect(steps).toBe(700);
  });
});
