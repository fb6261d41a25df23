import { randomFrom } from '@murmuration/core';
import { describe, expect, test } from 'vitest';
import { holdContinuous, holdDiscrete } from '../../src/smax/actions';
import { restoreBattle, saveBattle } from '../../src/smax/battle';
import { observationWidth } from '../../src/smax/show';
import { battleAt } from './battles';

const random = randomFrom(1);
const still = (units: number): Float64Array => new Float64Array(8 * units);

describe('a step', () => {
  test('moves units by speed times half a second, in four directions', () => {
    const { battle, advance } = battleAt('2s_vs_2z', [
      [5, 10],
      [10, 10],
      [20, 10],
      [25, 10],
    ]);
    for (const [unit, action] of [0, 1, 2, 3].entries()) holdDiscrete(battle, unit, action);
    advance(0, random, still(4));
    const found = [...battle.x, ...battle.y].map((each) => Number(each.toFixed(4)));
    expect(found).toEqual([5, 12.065, 20, 23.425, 12.065, 10, 8.425, 10]);
  });

  test('shoots at once, and again when the weapon has cooled down', () => {
    const { battle, advance } = battleAt('1m', [
      [10, 16],
      [14, 16],
    ]);
    holdDiscrete(battle, 0, 5);
    holdDiscrete(battle, 1, 4);
    advance(0, random, still(2));
    // 0.61 s last ten ticks: one shot a step at first, the second in the fourth tick of the next.
    expect([...battle.health]).toEqual([45, 36]);
    expect(battle.cooldown[0]).toBeCloseTo(0.61 - 7 / 16, 6);
    advance(0, random, still(2));
    expect([...battle.health]).toEqual([45, 27]);
    expect(battle.cooldown[0]).toBeCloseTo(0.61 - 4 / 16, 6);
    expect(battle.cooldown[1]).toBe(-1);
  });

  test('lets both die that shoot at the same time', () => {
    const { battle, advance, judge } = battleAt('1m', [
      [10, 16],
      [14, 16],
    ]);
    battle.health.fill(9);
    holdDiscrete(battle, 0, 5);
    holdDiscrete(battle, 1, 5);
    judge.before(0);
    advance(0, random, still(2));
    expect([...battle.alive]).toEqual([0, 0]);
    expect([judge.reward(0, 0), judge.reward(0, 1)]).toEqual([9 / 45, 9 / 45]);
    const metrics = new Float32Array(5);
    judge.metrics(0, metrics, 0);
    expect([...metrics]).toEqual([0, 0, 1, 0, 0]);
  });

  test('does not shoot exactly at its range, only nearer', () => {
    for (const [distance, health] of [
      [5, 45],
      [4.999, 36],
    ]) {
      const { battle, advance } = battleAt('1m', [
        [10, 16],
        [10 + distance, 16],
      ]);
      holdDiscrete(battle, 0, 5);
      advance(0, random, still(2));
      expect(battle.health[1]).toBe(health);
    }
  });

  test('kills at the edge of the map, unless told otherwise', () => {
    for (const wallsCauseDeath of [true, false]) {
      const places = [
        [1, 16],
        [20, 16],
      ] as const;
      const { battle, advance } = battleAt('1m', places, { wallsCauseDeath });
      holdDiscrete(battle, 0, 3);
      advance(0, random, still(2));
      expect(battle.alive[0]).toBe(wallsCauseDeath ? 0 : 1);
      expect(battle.x[0]).toBe(0);
    }
  });

  test('pushes overlapping units apart along the line between them', () => {
    const { battle, advance } = battleAt('2m_vs_1m', [
      [10, 16],
      [10.5, 16],
      [20, 16],
    ]);
    advance(0, random, still(3));
    const gap = battle.x[1] - battle.x[0];
    expect(battle.x[0] + battle.x[1]).toBeCloseTo(20.5, 5);
    expect(gap).toBeGreaterThan(0.749);
    expect(gap).toBeLessThan(0.751);
    expect([...battle.y]).toEqual([16, 16, 16]);
  });

  test('leaves the dead where they are; in v1 they move, push and are pushed', () => {
    for (const compat of ['v2', 'v1'] as const) {
      const places = [
        [10, 16],
        [10.2, 16],
        [20, 16],
      ] as const;
      const { battle, advance } = battleAt('2m_vs_1m', places, { compat });
      battle.alive[1] = 0;
      battle.health[1] = 0;
      holdDiscrete(battle, 1, 0);
      advance(0, random, still(3));
      const moved = [battle.x[0] !== 10, battle.y[1] > 17];
      expect(moved).toEqual(compat === 'v1' ? [true, true] : [false, false]);
    }
  });
});

test('what is no action is refused, by the name of the unit', () => {
  const { battle } = battleAt('2m_vs_1m', [
    [10, 16],
    [10, 20],
    [20, 16],
  ]);
  for (const action of [-1, 6, 2.5, Number.NaN]) {
    expect(() => holdDiscrete(battle, 1, action)).toThrow(
      `smax/2m_vs_1m: the action of ally-1 is ${action}; give 0 to 5`,
    );
  }
  expect(() => holdDiscrete(battle, 2, 7)).toThrow('the action of enemy-0 is 7; give 0 to 6');
});

describe('a saved state', () => {
  test('is refused where a type or an attack is none', () => {
    const places = [
      [10, 16],
      [14, 16],
    ] as const;
    for (const [name, value] of [
      ['attack', 6],
      ['attack', -1],
      ['type', 6],
    ] as const) {
      const { battle } = battleAt('1m', places);
      const state = saveBattle(battle, 0);
      battle[name][1] = value;
      expect(() => restoreBattle(battle, 0, saveBattle(battle, 0))).toThrow(
        /unit 1 has type \d and attack -?\d; restore a state of this scenario/,
      );
      restoreBattle(battle, 0, state);
      expect(battle[name][1]).toBe(0);
    }
  });
});

describe('rewards', () => {
  const fight = (options: { selfPlayReward?: boolean; wonBattleBonus?: number }) => {
    const { battle, judge } = battleAt(
      '2m_vs_1z',
      [
        [10, 16],
        [11, 16],
        [12, 16],
      ],
      options,
    );
    judge.before(0);
    battle.health.set([45, 15, 0]);
    battle.alive[2] = 0;
    return [judge.reward(0, 0), judge.reward(0, 1)];
  };

  test('pay lost health of the opponents and victory', () => {
    expect(fight({})).toEqual([2, 1 / 3]);
    expect(fight({ wonBattleBonus: 3 })).toEqual([4, 1 / 3]);
  });

  test('of self-play pay victory and defeat alone', () => {
    expect(fight({ selfPlayReward: true })).toEqual([1, -1]);
  });
});

describe('the scripted player', () => {
  const places = [
    [10, 16],
    [15, 16],
    [14, 16],
    [16, 16],
  ] as const;

  test('shoots at the closest and stays with it; enemies count the allies downwards', () => {
    const { battle, decide } = battleAt('1s_vs_3z', places);
    expect(decide(0, random)).toBe(5 + 1);
    battle.x[1] = 11;
    expect(decide(0, random)).toBe(5 + 1);
    battle.alive[2] = 0;
    expect(decide(0, random)).toBe(5);
    const twin = battleAt('2z_vs_1s', [
      [10, 16],
      [13, 16],
      [15, 16],
    ]);
    expect(twin.decide(2, random)).toBe(5);
  });

  test('follows somebody in sight, else walks to where it started from, mirrored', () => {
    const { battle, decide } = battleAt('1z_vs_1z', [
      [10, 16],
      [14, 10],
    ]);
    expect(decide(0, random)).toBe(2);
    battle.x[1] = 30;
    battle.x[0] = 9;
    expect(decide(0, random)).toBe(1);
    expect([battle.goalX[0], battle.goalY[0]]).toEqual([22, 16]);
  });

  test('only follows where it may not shoot, and chooses among all where it should', () => {
    const gentle = battleAt('1s_vs_3z', places, { enemy: { shoots: false } });
    expect(gentle.decide(0, random)).toBe(1);
    const { battle, decide } = battleAt('1s_vs_3z', places, { enemy: { targets: 'random' } });
    const chosen = new Set<number>();
    for (let draw = 0; draw < 50; draw++) {
      battle.lastAttacked[0] = -1;
      chosen.add(decide(0, random));
    }
    expect([...chosen].sort()).toEqual([5, 6]);
  });
});

describe('what is shown', () => {
  const places = [
    [10, 16],
    [14.5, 16],
    [16, 20],
  ] as const;

  test('own features, those in sight, and masks by the own range', () => {
    const { battle, show } = battleAt('1m_vs_2m', places);
    holdDiscrete(battle, 1, 5);
    battle.health[1] = 22.5;
    battle.cooldown[1] = 0.305;
    const { observations, available } = show(0);
    const short = (from: number, to: number) =>
      [...observations.subarray(from, to)].map((v) => Number(v.toFixed(4)));
    expect(short(0, 13)).toEqual([0.5, 0.5, 0, 0, 0, 1, 0.5, 1, 0, 0, 0, 0, 0]);
    expect(short(13, 20)).toEqual([1, 0.6667, 0.4444, 0, 0, 0, 0]);
    expect(short(26, 36)).toEqual([1, 0.3125, 0.5, 0, 1, 0, 0, 0, 0, 0]);
    // The enemies have one opponent, and one action less.
    expect([...available]).toEqual([1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 0, 0]);
    battle.alive[0] = 0;
    expect([...show(0).available.subarray(0, 14)]).toEqual([0, 0, 0, 0, 1, 0, 0, 1, 1, 1, 1, 1, 0, 0]);
    expect([...show(0).observations.subarray(0, 36)]).toEqual(new Array(36).fill(0));
    expect(show(0).observations.subarray(36, 39)).not.toEqual(new Float32Array(3));
  });

  test('v1 shows attacks and cooldowns as they are', () => {
    const { battle, show } = battleAt('1m_vs_2m', places, { compat: 'v1' });
    holdDiscrete(battle, 1, 5);
    battle.cooldown.fill(-2.5);
    const { observations } = show(0);
    expect([observations[5], observations[6], observations[26 + 3]]).toEqual([5, -2.5, -2.5]);
  });

  test('what opponents do is hidden where told so', () => {
    const { battle, show } = battleAt('2m_vs_1m', places, { seeEnemyActions: false });
    battle.x[2] = 12;
    battle.y[2] = 16;
    holdDiscrete(battle, 1, 5);
    holdDiscrete(battle, 2, 1);
    const { observations } = show(0);
    expect([...observations.subarray(3, 6)]).toEqual([0, 0, 1]);
    expect([...observations.subarray(13 + 3, 13 + 6)]).toEqual([0, 0, 0]);
    const enemy = observations.subarray(2 * observationWidth(battle));
    expect([enemy[0], enemy[5], enemy[13 + 5]]).toEqual([1, 0, 0]);
  });

  test('the state, raw and scaled', () => {
    const found = (state: 'raw' | 'scaled') => {
      const { battle, show } = battleAt(
        '1z_vs_1h',
        [
          [16, 8],
          [24, 8],
        ],
        { state },
      );
      battle.cooldown[0] = -3;
      battle.alive[1] = 0;
      return [...show(0).state];
    };
    const dead = new Array<number>(10).fill(0);
    expect(found('raw')).toEqual([1, 16, 8, -3, 0, 0, 0, 1, 0, 0, ...dead, 0, 1, 3, 5]);
    const type = Math.fround(3 / 5);
    expect(found('scaled')).toEqual([1, 0.5, 0.25, 0, 0, 0, 0, 1, 0, 0, ...dead, 0, 1, type, 1]);
  });
});

describe('continuous actions', () => {
  const places = [
    [10, 16],
    [13, 16],
    [10, 13],
  ] as const;

  test('move by a vector where the second number says so', () => {
    const { battle } = battleAt('1m_vs_2m', places, { actions: 'continuous' });
    holdContinuous(battle, 0, [0, 1, 0.5, 0.25], 0, random);
    expect([battle.moveX[0], battle.moveY[0], battle.attack[0]]).toEqual([expect.closeTo(0, 6), 0.5, 0]);
  });

  test('shoot at whoever is nearest to a place, or again at the last one', () => {
    const { battle } = battleAt('1m_vs_2m', places, { actions: 'continuous' });
    holdContinuous(battle, 0, [1, 0, 1, 0.75], 0, random);
    expect([battle.moveX[0], battle.attack[0]]).toEqual([0, 6]);
    holdContinuous(battle, 0, [1, 0, 1, 0], 0, random);
    expect(battle.attack[0]).toBe(5);
    holdContinuous(battle, 0, [0, 0, 1, 0.75], 0, random);
    expect(battle.attack[0]).toBe(5);
    holdContinuous(battle, 2, [1, 0, 1, 0], 0, random);
    expect(battle.attack[2]).toBe(5);
  });
});
