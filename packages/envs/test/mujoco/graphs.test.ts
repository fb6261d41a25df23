import { readFileSync } from 'node:fs';
import { ConfigurationError } from '@murmuration/core';
import { describe, expect, test } from 'vitest';
import type { Reading } from '../../src/mujoco/reading';
import { rulesOf } from '../../src/mujoco/rules';

/** By scenario, partition and depth: of each agent the places of what it sees within the state (MaMuJoCo v1). */
const maps: Record<string, Record<string, number[]>> = JSON.parse(
  readFileSync(new URL('./fixtures/mamujoco_v1_obs_index.json', import.meta.url), 'utf8'),
);

const bodies: Readonly<Record<string, string>> = {
  HalfCheetah: 'halfcheetah',
  Ant: 'ant',
  Hopper: 'hopper',
  Walker2d: 'walker2d',
  Swimmer: 'swimmer',
  Humanoid: 'humanoid',
  // It has Humanoid's graph; its task is not ours.
  HumanoidStandup: 'humanoid',
  ManySegmentSwimmer: 'many-segment-swimmer',
  ManySegmentAnt: 'many-segment-ant',
};

const keyOf = ({ field, index }: Reading): string => `${field} ${index}`;

describe('what agents see of the state is what MaMuJoCo shows them', () => {
  test.each(Object.entries(maps))('%s', (name, agents) => {
    const parts = name.split('|');
    const depth = Number(parts.pop());
    const [scenario, ...partition] = parts;
    const { body, observations } = rulesOf(`${bodies[scenario]}-${partition.join('|')}`, { depth });
    const places = new Map(body.observation.map((reading, place) => [keyOf(reading), place]));
    // The map has -0 or 0 for what the state leaves out, such as forces on the world.
    const found = observations.map((readings) => readings.map((reading) => places.get(keyOf(reading)) ?? 0));
    expect(found).toEqual(Object.values(agents));
  });
});

/** Sizes by depth 0, 1, 2, then of the state. */
const sizes: readonly (readonly [string, number[], number[], number[], number])[] = [
  ['halfcheetah-2x3', [11, 11], [12, 12], [13, 13], 17],
  ['halfcheetah-6x1', [7, 7, 7, 7, 7, 7], [9, 9, 8, 9, 9, 8], [11, 10, 9, 11, 10, 9], 17],
  ['ant-2x4', [61, 61], [63, 63], [65, 65], 105],
  ['ant-2x4d', [61, 61], [63, 63], [65, 65], 105],
  ['ant-4x2', [39, 39, 39, 39], [42, 42, 42, 42], [45, 45, 45, 45], 105],
  ['hopper-3x1', [7, 7, 7], [8, 9, 8], [9, 9, 9], 11],
  ['walker2d-2x3', [11, 11], [12, 12], [13, 13], 17],
  ['swimmer-2x1', [5, 5], [6, 6], [6, 6], 8],
  ['reacher-2x1', [5, 8], [7, 10], [7, 10], 10],
  ['humanoid-9-8', [236, 167], [242, 170], [244, 174], 348],
  [
    'many-segment-swimmer-10x2',
    new Array(10).fill(4),
    [5, ...new Array(8).fill(6), 5],
    [6, ...new Array(8).fill(8), 6],
    44,
  ],
  ['many-segment-swimmer-2x3', [6, 6], [7, 7], [8, 8], 16],
  ['many-segment-ant-2x3', [161, 161], [165, 167], [165, 167], 311],
  ['many-segment-ant-5x1', [61, 61, 61, 61, 61], [61, 63, 63, 63, 63], [61, 63, 63, 63, 63], 261],
];

test.each(sizes)('sizes of %s', (variant, none, one, two, state) => {
  const widths = [0, 1, 2].map((depth) =>
    rulesOf(variant, { depth }).observations.map((readings) => readings.length),
  );
  expect(widths).toEqual([none, one, two]);
  expect(rulesOf(variant, {}).body.observation).toHaveLength(state);
});

/** What one agent reads, `field index`. */
const seenBy = (variant: string, agent: number, options: object): string[] =>
  rulesOf(variant, options).observations[agent].map(keyOf);

describe('faults of the originals, kept where faithful', () => {
  test('the first of two cheetahs sees the second', () => {
    const [faithful, mended] = [true, false].map((each) =>
      seenBy('coupled-halfcheetah-1p1', 0, { depth: 0, faithful: each }).filter((key) =>
        key.startsWith('qpos'),
      ),
    );
    // Sorted by label: bfoot, bshin, bthigh, ffoot, fshin, fthigh; then what all see.
    expect(faithful.slice(0, 6)).toEqual([14, 13, 12, 17, 16, 15].map((index) => `qpos ${index}`));
    expect(mended.slice(0, 6)).toEqual([5, 4, 3, 8, 7, 6].map((index) => `qpos ${index}`));
    expect(seenBy('coupled-halfcheetah-1p1', 1, { depth: 0 }).slice(0, 2)).toEqual(['qpos 14', 'qvel 14']);
  });

  test('segments of an ant see their neighbours only backwards', () => {
    expect(seenBy('many-segment-ant-5x1', 0, { depth: 1 })).toEqual(
      seenBy('many-segment-ant-5x1', 0, { depth: 0 }),
    );
    const [near, far] = [0, 1].map((depth) => seenBy('many-segment-ant-5x1', 0, { depth, faithful: false }));
    expect(far.filter((key) => !near.includes(key))).toEqual(['qpos 11', 'qpos 13']);
  });

  test('a humanoid’s waist is told crosswise', () => {
    const motors = (faithful: boolean) =>
      rulesOf('humanoid-17x1', { faithful }).agents.map(([{ label, action, readings }]) => [
        label,
        action,
        readings.qpos?.[0].index,
      ]);
    expect(motors(true).slice(0, 3)).toEqual([
      ['abdomen_x', 2, 9],
      ['abdomen_y', 0, 7],
      ['abdomen_z', 1, 8],
    ]);
    expect(motors(false).slice(0, 3)).toEqual([
      ['abdomen_x', 2, 9],
      ['abdomen_y', 0, 8],
      ['abdomen_z', 1, 7],
    ]);
  });
});

/** What all see where `category` is asked for. */
const seenByAll = (variant: string, category: string): string[] =>
  seenBy(variant, 0, { depth: 0, localCategories: [['qpos']], globalCategories: [category] }).filter(
    (key) => !key.startsWith('qpos'),
  );

test('forces on the world are told of ants of many segments alone', () => {
  expect(seenByAll('ant-4x2', 'cfrc_ext')).toEqual([]);
  expect(seenByAll('many-segment-ant-2x3', 'cfrc_ext')).toEqual([
    ...['cfrc_ext 0', 'cfrc_ext 1', 'cfrc_ext 2', 'cfrc_ext 3', 'cfrc_ext 4', 'cfrc_ext 5'],
  ]);
  expect(seenByAll('ant-4x2', 'qfrc_actuator')).toEqual(['qfrc_actuator 0']);
});

/** Motors of each agent in the order of its actions. */
const motorsOf = (variant: string, options: object = {}): number[][] =>
  rulesOf(variant, options).agents.map((joints) => joints.map(({ action }) => action));

const original = { wrapper: 'original' };

test.each([
  [
    'halfcheetah-2x3',
    {},
    [
      [0, 1, 2],
      [3, 4, 5],
    ],
  ],
  [
    'halfcheetah-2x3',
    original,
    [
      [2, 1, 0],
      [5, 4, 3],
    ],
  ],
  ['halfcheetah-6x1', original, [[2], [1], [0], [5], [4], [3]]],
  [
    'halfcheetah-3x2',
    {},
    [
      [2, 1],
      [0, 5],
      [4, 3],
    ],
  ],
  [
    'ant-2x4',
    {},
    [
      [2, 3, 4, 5],
      [6, 7, 0, 1],
    ],
  ],
  [
    'ant-2x4d',
    {},
    [
      [2, 3, 0, 1],
      [4, 5, 6, 7],
    ],
  ],
  [
    'ant-2x4d',
    original,
    [
      [2, 3, 6, 7],
      [4, 5, 0, 1],
    ],
  ],
  [
    'ant-4x2',
    {},
    [
      [2, 3],
      [4, 5],
      [6, 7],
      [0, 1],
    ],
  ],
  ['ant-8x1', {}, [[2], [3], [4], [5], [6], [7], [0], [1]]],
  [
    'walker2d-2x3',
    {},
    [
      [2, 1, 0],
      [5, 4, 3],
    ],
  ],
  [
    'walker2d-3x2',
    {},
    [
      [2, 1],
      [0, 5],
      [4, 3],
    ],
  ],
  [
    'humanoid-9|8',
    {},
    [
      [2, 0, 1, 11, 12, 13, 14, 15, 16],
      [3, 5, 4, 6, 7, 9, 8, 10],
    ],
  ],
  [
    'humanoid-9|8',
    original,
    [
      [14, 15, 2, 0, 1, 11, 12, 13, 16],
      [7, 9, 8, 3, 5, 4, 6, 10],
    ],
  ],
  [
    'many-segment-swimmer-2x3',
    {},
    [
      [0, 1, 2],
      [3, 4, 5],
    ],
  ],
  [
    'many-segment-ant-2x1',
    {},
    [
      [2, 3, 0, 1],
      [6, 7, 4, 5],
    ],
  ],
  [
    'many-segment-ant-2x1',
    { faithful: false },
    [
      [0, 1, 2, 3],
      [4, 5, 6, 7],
    ],
  ],
] as const)('motors of %s, %o', (variant, options, motors) => {
  expect(motorsOf(variant, options)).toEqual(motors);
});

describe('wrapper of 2020', () => {
  test('shows nothing to all unless asked', () => {
    expect(seenBy('halfcheetah-2x3', 0, { ...original, depth: 0 })).toHaveLength(6);
    expect(seenBy('halfcheetah-2x3', 0, { ...original, depth: 1 })).toHaveLength(7);
    const global = { ...original, depth: 1, globalCategories: ['qvel', 'qpos'] };
    expect(seenBy('halfcheetah-2x3', 0, global).slice(7)).toEqual([
      ...['qvel 0', 'qvel 2', 'qvel 1'],
      ...['qpos 0', 'qpos 2', 'qpos 1'],
    ]);
  });

  /** Sizes by depth 0 and 1, before rows are filled up, and with `qvel` and `qpos` for all. */
  test.each([
    ['halfcheetah-2x3', [6, 6], [7, 7], [13, 13]],
    ['halfcheetah-6x1', [2, 2, 2, 2, 2, 2], [3, 4, 4, 3, 4, 4], [9, 10, 10, 9, 10, 10]],
    ['ant-2x4', [50, 50], [52, 52], [54, 54]],
    ['ant-4x2', [28, 28, 28, 28], [31, 31, 31, 31], [33, 33, 33, 33]],
    ['hopper-3x1', [2, 2, 2], [3, 4, 3], [9, 10, 9]],
    ['walker2d-2x3', [6, 6], [7, 7], [7, 7]],
    ['swimmer-2x1', [2, 2], [3, 3], [3, 3]],
    ['reacher-2x1', [3, 6], [5, 8], [9, 12]],
    ['humanoid-9-8', [27, 24], [33, 27], [33, 27]],
    ['many-segment-swimmer-2x3', [6, 6], [7, 7], [7, 7]],
    ['many-segment-ant-2x3', [150, 150], [154, 156], [156, 158]],
  ])('sizes of %s', (variant, none, one, withGlobals) => {
    const widths = [{ depth: 0 }, { depth: 1 }, { depth: 1, globalCategories: ['qvel', 'qpos'] }].map(
      (each) => rulesOf(variant, { ...original, ...each }).observations.map((readings) => readings.length),
    );
    expect(widths).toEqual([none, one, withGlobals]);
  });

  test('tells of a humanoid its joints, each as it is, and of others no velocity of the root', () => {
    const waist = { ...original, depth: 0 };
    expect(seenBy('humanoid-17x1', 0, waist)).toEqual(['qpos 9', 'qvel 8', 'qfrc_actuator 8']);
    expect(seenBy('humanoid-17x1', 1, waist)).toEqual(['qpos 8', 'qvel 7', 'qfrc_actuator 7']);
    expect(seenBy('humanoid-17x1', 2, waist)).toEqual(['qpos 7', 'qvel 6', 'qfrc_actuator 6']);
    expect(seenBy('swimmer-2x1', 1, original)).toEqual(['qpos 4', 'qvel 4', 'qpos 3']);
  });

  test('tells of a root what stands first', () => {
    const global = { ...original, depth: 0, globalCategories: ['qpos', 'qvel', 'cfrc_ext'] };
    expect(seenBy('ant-4x2', 0, global).slice(28)).toEqual(['qpos 0', 'qvel 0']);
    expect(seenBy('reacher-2x1', 0, global).slice(3)).toEqual(['qpos 2', 'qpos 3', 'qvel 2', 'qvel 3']);
    const [velocity] = rulesOf('hopper-3x1', { ...global, globalCategories: ['qvel'] }).observations[0].slice(
      -1,
    );
    expect(velocity).toEqual({ field: 'qvel', index: 1, limit: undefined });
  });

  test('cannot step two cheetahs', () => {
    expect(() => rulesOf('coupled-halfcheetah-1p1', original)).toThrow(ConfigurationError);
    expect(() => rulesOf('coupled-halfcheetah-1p1', original)).toThrow(
      'mujoco/coupled-halfcheetah-1p1: wrapper is "original", which gives both cheetahs the same motors and so cannot step; take v1',
    );
  });
});
