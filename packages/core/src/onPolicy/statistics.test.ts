import { describe, expect, it } from 'vitest';
import { randomFrom } from '../random';
import { gatherRows, partition, permutation } from './minibatches';
import { standardise } from './standardise';
import { createValueNormaliser } from './valueNormaliser';

const alone = async (): Promise<void> => {};

describe('value normalisation', () => {
  it('gives the golden numbers', () => {
    const normaliser = createValueNormaliser();
    expect(normaliser.denormalise(1)).toBeCloseTo(0.1, 12);
    normaliser.update(2.5, 7.5);
    expect(normaliser.normalise(5)).toBeCloseTo(2.236068, 6);
    expect(normaliser.denormalise(1)).toBeCloseTo(3.618034, 6);
    normaliser.update(10, 100);
    expect(normaliser.normalise(5)).toBeCloseTo(-0.326169, 6);
    expect(normaliser.denormalise(1)).toBeCloseTo(10.0824458, 6);
    expect(normaliser.denormalise(0)).toBeCloseTo(6.2500188, 6);
  });

  it('goes on from what was saved', () => {
    const first = createValueNormaliser(0.9);
    first.update(2, 5);
    const second = createValueNormaliser(0.9);
    second.restore(first.save());
    for (const each of [first, second]) each.update(-1, 4);
    expect(second.normalise(0.3)).toBe(first.normalise(0.3));
  });
});

describe('standardising', () => {
  it('takes its statistics from what counts', async () => {
    const values = Float32Array.of(1, 100, 3, 5);
    expect(await standardise(values, alone, Uint8Array.of(1, 0, 1, 1))).toBe(3);
    const deviation = Math.sqrt(8 / 3) + 1e-5;
    for (const [index, expected] of [-2 / deviation, 97 / deviation, 0, 2 / deviation].entries()) {
      expect(values[index]).toBeCloseTo(expected, 5);
    }
  });

  it('adds up over workers', async () => {
    const halves = [Float32Array.of(1, 2, 3), Float32Array.of(10, -4, 7)];
    const whole = Float32Array.from(halves.flatMap((half) => [...half]));
    await standardise(whole, alone);
    const waiting: { sums: Float32Array; resolve: () => void }[] = [];
    const reduce = ([sums]: readonly Float32Array[]) =>
      new Promise<void>((resolve) => {
        waiting.push({ sums, resolve });
        if (waiting.length < 2) return;
        const total = waiting[0].sums.map((value, index) => value + waiting[1].sums[index]);
        for (const each of waiting.splice(0)) {
          each.sums.set(total);
          each.resolve();
        }
      });
    expect(await Promise.all(halves.map((half) => standardise(half, reduce)))).toEqual([6, 6]);
    expect(halves.flatMap((half) => [...half])).toEqual([...whole]);
  });

  it('leaves alone where nothing counts', async () => {
    const values = Float32Array.of(1, 2);
    expect(await standardise(values, alone, Uint8Array.of(0, 0))).toBe(0);
    expect([...values]).toEqual([1, 2]);
  });
});

describe('minibatches', () => {
  it('visits everything once, in an order that the stream decides', () => {
    const order = permutation(randomFrom(1), 50);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index));
    expect([...permutation(randomFrom(1), 50)]).toEqual([...order]);
    expect([...permutation(randomFrom(2), 50)]).not.toEqual([...order]);
  });

  it('puts each number in each place equally often', () => {
    const random = randomFrom(3);
    const counts = new Int32Array(9);
    for (let draw = 0; draw < 9000; draw++) {
      permutation(random, 3).forEach((value, place) => {
        counts[place * 3 + value]++;
      });
    }
    for (const count of counts) expect(Math.abs(count - 3000)).toBeLessThan(250);
  });

  it('cuts without loss', () => {
    const parts = partition(Int32Array.of(4, 5, 6, 7, 8), 3);
    expect(parts.map((part) => [...part])).toEqual([[4, 5], [6, 7], [8]]);
  });

  it('copies rows', () => {
    expect([...gatherRows(Float32Array.of(0, 1, 2, 3, 4, 5), 2, Int32Array.of(2, 0, 2))]).toEqual([
      4, 5, 0, 1, 4, 5,
    ]);
    expect(gatherRows(Uint8Array.of(7, 8), 1, Int32Array.of(1))).toEqual(Uint8Array.of(8));
  });
});
