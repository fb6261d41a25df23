import type { Extent, Scene } from '@murmuration/core';

/** A picture is at most twice as wide as high, and at most as high as wide. */
const widest = 2;

const around = (extents: readonly Extent[]): Extent => ({
  left: Math.min(...extents.map(({ left }) => left)),
  bottom: Math.min(...extents.map(({ bottom }) => bottom)),
  right: Math.max(...extents.map(({ right }) => right)),
  top: Math.max(...extents.map(({ top }) => top)),
});

/** An interval of that length around the same middle, moved where it would leave the bounds. */
const grown = (low: number, high: number, length: number, from: number, to: number): [number, number] => {
  const size = Math.min(to - from, Math.max(length, high - low));
  const start = Math.max(from, Math.min(to - size, (low + high - size) / 2));
  return [start, start + size];
};

/**
 * An episode's scenes from nearer, where they say what matters: all show the one part of the world in which something
 * happens in any of them. Scenes without a focus stay as they are.
 */
export const focused = (scenes: readonly Scene[]): readonly Scene[] => {
  const foci = scenes.flatMap(({ focus }) => (focus ? [focus] : []));
  if (foci.length < scenes.length) return scenes;
  const whole = around(scenes.map(({ extent }) => extent));
  const all = around(foci);
  const part = {
    left: Math.max(whole.left, all.left),
    bottom: Math.max(whole.bottom, all.bottom),
    right: Math.min(whole.right, all.right),
    top: Math.min(whole.top, all.top),
  };
  const [wide, high] = [part.right - part.left, part.top - part.bottom];
  const [left, right] = grown(part.left, part.right, high, whole.left, whole.right);
  const [bottom, top] = grown(part.bottom, part.top, wide / widest, whole.bottom, whole.top);
  return scenes.map((scene) => ({ ...scene, extent: { left, bottom, right, top } }));
};
