import {
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { murmuration, temporaryDirectory, worldPath } from './murmuration';

const directory = temporaryDirectory();
const world = ['coordination/3'] as const;
const iqss = '@murmuration/iqss-roma roma-iqss';

beforeAll(async () => {
  writeFileSync(join(directory, 'file'), 'here before');
  writeFileSync(join(directory, 'torn.json'), '{"kappa": ');
  writeFileSync(join(directory, 'list.json'), '[1]');
  writeFileSync(join(directory, 'wrong.json'), '{"schedule": {"turn": "long"}}');
  const { status } = await murmuration(
    ['train', 'roma-iqss', 'flag/2', '--steps', '500', '--output', 'run'],
    directory,
  );
  expect(status).toBe(0);
  const checkpoint = join(directory, 'run/checkpoints/step-500.safetensors');
  const bytes = readFileSync(checkpoint);
  writeFileSync(join(directory, 'truncated.safetensors'), bytes.subarray(0, bytes.length - 7));
  bytes[bytes.length - 1] ^= 1;
  writeFileSync(join(directory, 'tampered.safetensors'), bytes);
  cpSync(join(directory, 'run'), join(directory, 'damaged'), { recursive: true });
  for (const name of readdirSync(join(directory, 'damaged/checkpoints'))) {
    if (name.endsWith('.safetensors')) {
      copyFileSync(join(directory, 'tampered.safetensors'), join(directory, 'damaged/checkpoints', name));
    }
  }
  cpSync(join(directory, 'run'), join(directory, 'torn'), { recursive: true });
  copyFileSync(
    join(directory, 'truncated.safetensors'),
    join(directory, 'torn/checkpoints/step-500.safetensors'),
  );
  mkdirSync(join(directory, 'full'));
  symlinkSync('/dev/full', join(directory, 'full/evaluations.jsonl'));
  mkdirSync(join(directory, 'fullStudy'));
  symlinkSync('/dev/full', join(directory, 'fullStudy/curves.json'));
});

/** The command, its exit status and the whole of what it says on standard error. */
type Row = [command: string[], status: number, line: string];

const usage: Row[] = [
  [['trian'], 2, "unknown command 'trian'; did you mean train?"],
  [['train', '--stepz', '3'], 2, "unknown option '--stepz'; did you mean --steps?"],
  [['train'], 2, 'train needs an algorithm; write murmuration train <algorithm> <environment>'],
  [['train', 'iql'], 2, 'train needs an environment; write murmuration train <algorithm> <environment>'],
  [['train', 'roma-iqs', ...world], 2, 'there is no algorithm "roma-iqs"; did you mean roma-iqss?'],
  [
    ['train', 'zzzzzzzz', ...world],
    2,
    'there is no algorithm "zzzzzzzz"; murmuration list shows what there is',
  ],
  [
    ['train', 'roma-iqss', 'coordinaton/5'],
    2,
    'there is no environment "coordinaton/5"; did you mean coordination/5?',
  ],
  [
    ['train', 'roma-iqss', 'coordination'],
    2,
    'there is no environment "coordination"; did you mean coordination/3?',
  ],
  [['compare', 'roma-iqss,vdnn', ...world], 2, 'there is no algorithm "vdnn"; did you mean vdn?'],
  [['compare', 'roma-iqss,', ...world], 2, '<algorithms> is "roma-iqss,"; give ids with commas between'],
  [
    ['compare', 'sma-iqss', ...world, '--metric', 'winRate'],
    2,
    '--metric is winRate, but coordination/3 tells return, episodeLength, success, miscoordination, success0, success1, success2',
  ],
  [['compare', 'sma-iqss,sma-iqss', ...world], 2, 'algorithm sma-iqss is there twice; name each once'],
  [['reproduce', 'roma-iqs'], 2, 'there is no experiment "roma-iqs"; did you mean roma-iqss?'],
  [
    ['reproduce', 'roma-iqss', '--agents', '3,4'],
    2,
    '--agents is 4, but this experiment has 3, 5, 7; choose of these',
  ],
  [['reproduce', 'roma-iqss', '--agents', '3,x'], 2, '--agents is "x"; give a positive integer'],
  [
    ['report', 'nothing'],
    2,
    'nothing holds nothing to report on; give directories of train, compare or reproduce',
  ],
  [['train', 'roma-iqss', ...world, '--steps', '0'], 2, '--steps is "0"; give a positive integer'],
  [['train', 'roma-iqss', ...world, '--steps', 'many'], 2, '--steps is "many"; give a positive integer'],
  [['train', 'roma-iqss', ...world, '--seed', '1.5'], 2, '--seed is "1.5"; give an integer'],
  [
    ['train', 'roma-iqss', ...world, '--workers', '4'],
    2,
    '--workers is 4, but roma-iqss learns in one worker only; leave it out',
  ],
];

const settings: Row[] = [
  [
    ['train', 'roma-iqss', ...world, '--set', 'kapa=3'],
    2,
    `${iqss}: there is no option kapa; did you mean kappa?`,
  ],
  [
    ['train', 'roma-iqss', ...world, '--set', 'schedule.trun=3'],
    2,
    `${iqss}: there is no option schedule.trun; did you mean schedule.turn?`,
  ],
  [['train', 'roma-iqss', ...world, '--set', 'kappa'], 2, '--set kappa has no value; write --set name=value'],
  [
    ['train', 'roma-iqss', ...world, '--set', 'preset=papr'],
    2,
    `${iqss}: there is no preset papr; did you mean paper?`,
  ],
  [
    ['train', 'roma-iqss', ...world, '--set', 'environment.hubb=true'],
    2,
    '@murmuration/envs coordination/3: there is no option hubb; did you mean hub?',
  ],
  [
    ['train', 'roma-iqss', ...world, '--set', '__proto__.x=1'],
    2,
    '--set: "__proto__.x" is no option\'s name; give names like schedule.turn',
  ],
  [
    ['train', 'roma-iqss', ...world, '--config', 'missing.json'],
    2,
    '--config: cannot read missing.json: there is no such file or directory; check the path',
  ],
  [
    ['train', 'roma-iqss', ...world, '--config', 'list.json'],
    2,
    '--config list.json is not a JSON object; write {"name": value, …}',
  ],
];

const files: Row[] = [
  [
    ['train', 'roma-iqss', ...world, '--output', 'file'],
    1,
    'cannot create directory file: a file is there already; choose another path',
  ],
  [
    ['train', 'roma-iqss', ...world, '--output', 'file/x'],
    1,
    'cannot create directory file/x: file is not a directory; choose another path',
  ],
  [
    ['train', 'roma-iqss', ...world, '--output', '/dev/full/x'],
    1,
    'cannot create directory /dev/full/x: /dev/full is not a directory; choose another path',
  ],
  [
    ['train', 'roma-iqss', ...world, '--output', 'run'],
    1,
    'run already holds a run; choose another directory, or resume it',
  ],
  [['train', '--resume', 'missing'], 1, 'there is no run directory missing; check the path'],
  [['evaluate', 'missing'], 2, 'there is no run directory or checkpoint missing; check the path'],
  [
    ['evaluate', 'tampered.safetensors'],
    1,
    'tampered.safetensors: the checkpoint was changed or damaged since it was written (its checksum differs); use an earlier one',
  ],
  [
    ['evaluate', 'run', '--set', 'kappa=3'],
    2,
    '--set kappa: the team is trained already; only environment.… can be set',
  ],
  [
    ['evaluate', 'run', '--environment', 'coordination/3'],
    2,
    'coordination/3 shows other observations, or takes other actions, than flag/2, which the team was trained in; choose a world of the same shape',
  ],
];

const worlds: Row[] = [
  [
    ['train', 'roma-iqss', worldPath('number')],
    1,
    `the default export of ${worldPath('number')} is a number; export a function ({ copies }) that returns an environment`,
  ],
  [
    ['train', 'roma-iqss', worldPath('lever'), '--set', 'environment.levers=3'],
    2,
    `--set environment.levers: ${worldPath('lever')} exports a function, which takes no options; export an environment family to give it some`,
  ],
  [
    ['train', 'roma-iqss', worldPath('nowhere')],
    2,
    `there is no environment module ${worldPath('nowhere')}; give the path of an ES module`,
  ],
];

describe.each([
  ['usage', usage],
  ['settings', settings],
  ['files', files],
  ['worlds', worlds],
])('%s', (_, rows) => {
  test.each(rows)('%j ends with %i: %s', async (command, status, line) => {
    const ended = await murmuration(command, directory);
    expect(ended).toEqual({ status, output: '', error: `murmuration: ${line}\n` });
  });
});

/** One line, whose end is another package's wording. */
const beginnings: Row[] = [
  [['train', 'roma-iqss', ...world, '--set', 'kappa=abc'], 2, `${iqss}: kappa is "abc"; `],
  [['train', 'roma-iqss', ...world, '--set', 'kappa=-1'], 2, `${iqss}: kappa is -1; `],
  [['train', 'roma-iqss', ...world, '--config', 'wrong.json'], 2, `${iqss}: schedule.turn is "long"; `],
  [['train', 'roma-iqss', ...world, '--config', 'torn.json'], 2, '--config torn.json is not JSON: '],
  [
    ['train', 'roma-iqss', ...world, '--set', 'environment.hub=3'],
    2,
    '@murmuration/envs coordination/3: hub is 3; ',
  ],
  [['evaluate', 'truncated.safetensors'], 1, 'truncated.safetensors: not a valid safetensors file: '],
  [['train', '--resume', 'damaged'], 1, 'no checkpoint of damaged can be read '],
  [['train', 'roma-iqss', worldPath('broken')], 1, 'lever/2: '],
  [
    ['train', 'roma-iqss', worldPath('throwing')],
    1,
    `${worldPath('throwing')} cannot be made: no such level; and a second line`,
  ],
];

test.each(beginnings)('%j ends with %i and one line: %s…', async (command, status, line) => {
  const ended = await murmuration(command, directory);
  expect(ended.status).toBe(status);
  expect(ended.output).toBe('');
  expect(ended.error.split('\n')).toEqual([expect.stringContaining(`murmuration: ${line}`), '']);
});

describe('a full disk', () => {
  test('stops training with one line', async () => {
    const ended = await murmuration(
      ['train', 'roma-iqss', 'flag/2', '--steps', '500', '--output', 'full', '--json'],
      directory,
    );
    expect(ended.status).toBe(1);
    expect(ended.error).toBe(
      'murmuration: cannot write full/evaluations.jsonl: the disk is full; free some space or choose another directory\n',
    );
  });

  test('stops a comparison with one line', async () => {
    const ended = await murmuration(
      ['compare', 'roma-iqss', 'flag/2', '--seeds', '2', '--steps', '500', '--output', 'fullStudy'],
      directory,
    );
    expect(ended.status).toBe(1);
    expect(ended.error.split('\n').at(-2)).toBe(
      'murmuration: cannot write fullStudy/curves.json: the disk is full; free some space or choose another directory',
    );
    expect(ended.error).not.toContain(' at ');
  });
});

test('evaluate tells which checkpoint it could not read', async () => {
  const { status, output } = await murmuration(['evaluate', 'torn', '--episodes', '1'], directory);
  expect(status).toBe(0);
  expect(output).toContain('skipped a damaged checkpoint: torn/checkpoints/step-500.safetensors: ');
  expect(output).toContain(' with torn/checkpoints/step-450.safetensors');
});

test('nothing is written before everything is checked', () => {
  expect(readdirSync(directory)).not.toContain('runs');
  expect(readFileSync(join(directory, 'file'), 'utf8')).toBe('here before');
});
