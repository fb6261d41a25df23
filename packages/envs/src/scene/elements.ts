import type { Colour } from '@murmuration/core';

/** The corners of a rectangle, for a polygon. */
export const corners = (left: number, bottom: number, right: number, top: number): number[] => [
  ...[left, bottom, right, bottom],
  ...[right, top, left, top],
];

const cycle = [
  'blue',
  'orange',
  'green',
  'pink',
  'yellow',
  'sky',
  'grey',
] as const satisfies readonly Colour[];

/** A colour for each of some agents that have no other difference; the first seven differ. */
export const colourOfAgent = (agent: number): Colour => cycle[agent % cycle.length];

/** `distanceToGoal` as people write it. */
export const inWords = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
