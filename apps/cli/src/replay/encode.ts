import type { Extent, Scene, Shape } from '@murmuration/core';
import type { RecordedEpisode } from './recorder';

/** What of a shape changes from moment to moment; the rest is its template. `points` is any even count of numbers. */
export const moving = {
  circle: ['x', 'y'],
  line: ['points'],
  polygon: ['points'],
  bar: ['x', 'y', 'share'],
  text: ['x', 'y'],
} as const satisfies Readonly<Record<Shape['kind'], readonly string[]>>;

/** A caption, the number of an extent, and of each shape its template and its numbers (points after their count). */
export type EncodedMoment = readonly [caption: string, extent: number, shapes: readonly number[]];

export interface EncodedEpisode {
  readonly name: string;
  /** Of the step to each moment. */
  readonly rewards: readonly number[];
  readonly moments: readonly EncodedMoment[];
}

/** Episodes in little space: what stays the same is written once, and places are rounded to what can be seen. */
export interface EncodedReplay {
  readonly moving: Readonly<Record<string, readonly string[]>>;
  readonly templates: readonly object[];
  readonly extents: readonly Extent[];
  readonly episodes: readonly EncodedEpisode[];
}

/** A two-thousandth of the extent is less than a pixel. */
const decimalsOf = ({ left, right, bottom, top }: Extent): number =>
  Math.min(12, Math.max(0, Math.ceil(Math.log10(2000 / Math.max(right - left, top - bottom)))));

/** Numbers things by what they are made of. */
const createTable = <Entry extends object>() => {
  const entries: Entry[] = [];
  const known = new Map<string, number>();
  const numberOf = (entry: Entry): number => {
    const key = JSON.stringify(entry);
    const found = known.get(key) ?? entries.push(entry) - 1;
    known.set(key, found);
    return found;
  };
  return { entries, numberOf };
};

/** @param nameOf what an episode is called in the list of all. */
export const encodeReplay = (
  episodes: readonly RecordedEpisode[],
  nameOf: (episode: RecordedEpisode, index: number) => string,
): EncodedReplay => {
  const templates = createTable<object>();
  const extents = createTable<Extent>();

  const momentOf = ({ caption, extent, shapes }: Scene): EncodedMoment => {
    const decimals = decimalsOf(extent);
    const rounded = (value: number): number => Number(value.toFixed(decimals));
    const numbers: number[] = [];
    for (const shape of shapes) {
      const fields: Record<string, unknown> = { ...shape };
      const values = moving[shape.kind].flatMap((name) => {
        const value = fields[name] as number | readonly number[];
        delete fields[name];
        if (typeof value !== 'number') return [value.length, ...value.map(rounded)];
        return name === 'share' ? Number(value.toFixed(2)) : rounded(value);
      });
      numbers.push(templates.numberOf(fields), ...values);
    }
    return [caption, extents.numberOf(extent), numbers];
  };

  return {
    moving,
    templates: templates.entries,
    extents: extents.entries,
    episodes: episodes.map((episode, index) => ({
      name: nameOf(episode, index),
      rewards: episode.rewards.map((reward) => Number(reward.toPrecision(6))),
      moments: episode.scenes.map(momentOf),
    })),
  };
};

/**
 * A moment as a scene again. It uses nothing from outside itself: a page carries its text.
 */
export const decodeMoment = (replay: EncodedReplay, [caption, extent, numbers]: EncodedMoment): Scene => {
  const shapes: Shape[] = [];
  for (let at = 0; at < numbers.length; ) {
    const shape: Record<string, unknown> = { ...replay.templates[numbers[at++]] };
    for (const name of replay.moving[shape.kind as string]) {
      const count = name === 'points' ? numbers[at++] : 0;
      shape[name] = count > 0 ? numbers.slice(at, at + count) : numbers[at];
      at += count || 1;
    }
    shapes.push(shape as unknown as Shape);
  }
  return { extent: replay.extents[extent], shapes, caption };
};
