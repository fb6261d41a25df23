import { describe, expect, it } from 'vitest';
import { randomFrom } from './random';

const draw = (random: { uniform(): number }, count: number): number[] =>
  Array.from({ length: count }, () => random.uniform());

describe('random streams', () => {
  it('are the same on every machine and in every release', () => {
    const random = randomFrom(7, 'evaluation', 5000);
    expect(draw(random, 3)).toMatchInlineSnapshot(`
      [
        0.1227408403353244,
        0.5779379325146813,
        0.0321553887218895,
      ]
    `);
    expect(Array.from({ length: 6 }, () => random.integer(10))).toMatchInlineSnapshot(`
      [
        6,
        2,
        5,
        4,
        7,
        9,
      ]
    `);
    expect(random.normal()).toMatchInlineSnapshot(`0.4832601402059818`);
  });

  it('differ by seed and by path', () => {
    const firsts = [
      randomFrom(1),
      randomFrom(2),
      randomFrom(1, 'a'),
      randomFrom(1, 'b'),
      randomFrom(1, 'a', 'b'),
    ];
    expect(new Set(firsts.map((random) => random.uniform())).size).toBe(5);
  });

  it('are uniform: mean 1/2, variance 1/12, all tenths alike', () => {
    const values = draw(randomFrom(3), 100_000);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.004);
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.002);
    const tenths = new Array<number>(10).fill(0);
    for (const value of values) tenths[Math.floor(value * 10)]++;
    for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });

  it('draw normal numbers of mean 0 and variance 1', () => {
    const random = randomFrom(4);
    const values = Array.from({ length: 100_000 }, () => random.normal());
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.015);
    expect(Math.abs(variance - 1)).toBeLessThan(0.02);
  });

  it('split into streams that do not follow each other', () => {
    const parent = randomFrom(5);
    const children = [parent.split(), parent.split()];
    const [a, b] = children.map((child) => draw(child, 20_000));
    const correlation =
      a.reduce((sum, value, index) => sum + (value - 0.5) * (b[index] - 0.5), 0) / (a.length / 12);
    expect(Math.abs(correlation)).toBeLessThan(0.03);
    expect(a[0]).not.toBe(b[0]);
  });

  it('go on from a saved state, the spare normal number included', () => {
    const random = randomFrom(6);
    random.normal();
    const saved = random.save();
    const following = [random.normal(), random.uniform(), random.integer(1000)];
    const other = randomFrom(0);
    other.restore(saved);
    expect([other.normal(), other.uniform(), other.integer(1000)]).toEqual(following);
  });
});
