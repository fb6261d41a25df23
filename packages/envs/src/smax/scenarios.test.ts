import { describe, expect, test } from 'vitest';
import { scenarioNames, scenarioOf } from './scenarios';
import { smax, smaxFamily } from './smax';

/** specs of the original: allies, enemies, actions of an ally, width of an observation and of the state. */
const sizes = {
  '3m': [3, 3, 8, 75, 72],
  '8m': [8, 8, 13, 205, 192],
  '25m': [25, 25, 30, 647, 600],
  '2s3z': [5, 5, 10, 127, 120],
  '3s5z': [8, 8, 13, 205, 192],
  '5m_vs_6m': [5, 6, 11, 140, 132],
  '10m_vs_11m': [10, 11, 16, 270, 252],
  '27m_vs_30m': [27, 30, 35, 738, 684],
  '3s5z_vs_3s6z': [8, 9, 14, 218, 204],
  '3s_vs_5z': [3, 5, 10, 101, 96],
  '6h_vs_8z': [6, 8, 13, 179, 168],
  smacv2_5_units: [5, 5, 10, 127, 120],
  smacv2_10_units: [10, 10, 15, 257, 240],
  smacv2_20_units: [20, 20, 25, 517, 480],
  corridor_lite: [6, 24, 29, 387, 360],
} as const;

describe('scenarios', () => {
  test('lists JaxMARL’s fourteen and a corridor', () => {
    expect(scenarioNames).toEqual(Object.keys(sizes).sort((a, b) => order(a) - order(b)));
  });

  test.each(Object.entries(sizes))('%s has the original’s sizes', (name, size) => {
    const { allies, enemies } = scenarioOf(name);
    const { spec } = smax({ scenario: name });
    const { observation, action } = spec.agents[0];
    expect([allies.length, enemies.length]).toEqual(size.slice(0, 2));
    expect(action).toEqual({ kind: 'discrete', size: size[2] });
    expect(observation).toMatchObject({ shape: [size[3]] });
    expect(spec.state).toMatchObject({ shape: [size[4]] });
    expect(spec).toMatchObject({ id: `smax/${name}`, episodeLimit: 101, agentsDie: true });
  });

  test('reads the units from the name', () => {
    expect(scenarioOf('2s3z').enemies).toEqual(['stalker', 'stalker', 'zealot', 'zealot', 'zealot']);
    const { allies, enemies, randomTypes } = scenarioOf('1M1h_vs_2zg');
    expect([allies, enemies, randomTypes]).toEqual([
      ['marauder', 'hydralisk'],
      ['zergling', 'zergling'],
      false,
    ]);
    expect(new Set(scenarioOf('corridor_lite').enemies)).toEqual(new Set(['zergling']));
    expect(scenarioOf('smacv2_7_units')).toMatchObject({ randomTypes: true, randomPositions: true });
  });

  test('tells species by type, and teams apart where both are agents', () => {
    const species = (selfPlay: boolean) =>
      new Set(smax({ scenario: '1s_vs_1s1z', selfPlay }).spec.agents.map((agent) => agent.species));
    expect(species(false)).toEqual(new Set(['stalker']));
    expect(species(true)).toEqual(new Set(['ally stalker', 'enemy stalker', 'enemy zealot']));
    expect(smax({ scenario: 'smacv2_5_units' }).spec.agents[4].species).toBe('unit');
  });
});

const order = (name: string): number => (scenarioNames as readonly string[]).indexOf(name);

describe('impossible scenarios', () => {
  test.each([
    ['3mm', 'there is no environment smax/3mm; give the number of each kind of unit, did you mean smax/3m?'],
    ['castle', 'there is no environment smax/castle; give the number of each kind of unit, such as smax/3m'],
    ['0m', 'smax/0m: allies is empty; give it at least one unit'],
    ['3m_vs_0z', 'smax/3m_vs_0z: enemies is empty; give it at least one unit'],
    ['3m_vs_101m', 'smax/3m_vs_101m: enemies has 101 units; give it at most 100'],
    ['3m_vs_3m_vs_3m', 'there is no environment smax/3m_vs_3m_vs_3m;'],
    ['smacv2_0_units', 'smax/smacv2_0_units: allies is empty'],
  ])('%s', (name, message) => {
    expect(() => smaxFamily.create(name)).toThrow(message);
  });

  test('names a unit that does not exist, and the nearest', () => {
    const scenario = { allies: ['marine'], enemies: ['stalkr'] } as never;
    expect(() => smax({ scenario })).toThrow(
      'smax/custom: enemies has a unit "stalkr"; did you mean stalker?',
    );
    expect(() => smax({ scenario: { allies: ['medivac'], enemies: ['marine'] } as never })).toThrow(
      'known are marine, marauder, stalker, zealot, zergling, hydralisk',
    );
  });

  test('says what is missing of a scenario', () => {
    expect(() => smax({} as never)).toThrow('smax: scenario is undefined; give a name such as 3m, or');
    expect(() => smax({ scenario: { allies: ['marine'] } as never })).toThrow(
      'smax/custom: enemies is undefined; give a list of units, such as ["marine"]',
    );
    expect(() => smax({ scenario: { allies: '3m', enemies: ['marine'] } as never })).toThrow(
      'smax/custom: allies is "3m"; give a list of units',
    );
  });

  test('names an option that does not exist', () => {
    expect(() => smaxFamily.create('3m', { walls: false })).toThrow('there is no option walls');
    expect(() => smax({ scenario: '3m', copies: 0 })).toThrow(
      'smax/3m: copies is 0; give a positive integer',
    );
  });
});
