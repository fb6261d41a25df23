import type { Scene, Shape } from '@murmuration/core';
import { colourOfAgent, corners } from './scene/elements';

/** What is to be seen of a grid. Cells are `column + size * row`, the first row on top. */
export interface GridMoment {
  readonly size: number;
  readonly places: ArrayLike<number>;
  /** Nothing where walkers only meet. */
  readonly goals?: ArrayLike<number>;
  /** 1 for walkers that left the grid. */
  readonly left: ArrayLike<number>;
  readonly step: number;
  readonly reached: number;
}

const cellsOf = (size: number): Shape[] => {
  const lines = Array.from({ length: size - 1 }, (_, line) => line + 1).flatMap((at) => [
    [at, 0, at, size],
    [0, at, size, at],
  ]);
  return [
    { kind: 'polygon', points: corners(0, 0, size, size), fill: 'panel', stroke: 'quiet', strokeWidth: 0.05 },
    ...lines.map((points): Shape => ({ kind: 'line', points, stroke: 'line', width: 0.03 })),
  ];
};

/** Walkers as numbered discs, goals as squares of the same colour; walkers in one cell stand around its middle. */
export const gridScene = ({ size, places, goals, left, step, reached }: GridMoment): Scene => {
  const middle = (cell: number): [x: number, y: number] => [
    (cell % size) + 0.5,
    size - Math.floor(cell / size) - 0.5,
  ];
  const walkers = Array.from({ length: places.length }, (_, agent) => agent);
  const present = walkers.filter((agent) => !left[agent]);
  const goalOf = (agent: number): Shape => {
    const [x, y] = middle(goals?.[agent] ?? 0);
    const points = corners(x - 0.4375, y - 0.4375, x + 0.4375, y + 0.4375);
    const faded = left[agent] ? 0.3 : 1;
    return { kind: 'polygon', points, stroke: colourOfAgent(agent), strokeWidth: 0.08, opacity: faded };
  };
  const walkerOf = (agent: number): Shape => {
    const together = present.filter((other) => places[other] === places[agent]);
    const angle = (2 * Math.PI * together.indexOf(agent)) / together.length;
    const apart = together.length > 1 ? 0.2 : 0;
    const [x, y] = middle(places[agent]);
    return {
      ...({ kind: 'circle', x: x + apart * Math.cos(angle), y: y + apart * Math.sin(angle) } as const),
      ...{ radius: together.length > 1 ? 0.18 : 0.3, fill: colourOfAgent(agent) },
      ...({ label: String(agent), labelColour: 'ground' } as const),
    };
  };
  return {
    extent: { left: -0.2, bottom: -0.2, right: size + 0.2, top: size + 0.2 },
    shapes: [...cellsOf(size), ...(goals ? walkers.map(goalOf) : []), ...present.map(walkerOf)],
    caption: `step ${step}: ${reached} of ${places.length} ${goals ? 'at their goals' : 'together'}`,
  };
};
