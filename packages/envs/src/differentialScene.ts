import type { Scene, Shape } from '@murmuration/core';
import { colourOfAgent, corners } from './scene/elements';

/** What is to be seen of a differential game. */
export interface DifferentialMoment {
  /** The coordinate of each agent, -1 to 1. */
  readonly places: ArrayLike<number>;
  /** Distance from the centre, on which the reward depends. */
  readonly distance: number;
  /** Radius of the high peak. */
  readonly peak: number;
  readonly step: number;
}

/** A track of its own for each agent, and below the distance of all with the zones that pay: the peak and the ring. */
export const differentialScene = ({ places, distance, peak, step }: DifferentialMoment): Scene => {
  const spacing = 0.4;
  const height = spacing * places.length;
  const track = (agent: number): Shape[] => {
    const y = height - spacing * (agent + 0.5);
    return [
      { kind: 'line', points: [-1, y, 1, y], stroke: 'line', width: 0.03 },
      { kind: 'line', points: [0, y - 0.06, 0, y + 0.06], stroke: 'quiet', width: 0.015 },
      {
        ...({ kind: 'circle', x: places[agent], y, radius: 0.1, fill: colourOfAgent(agent) } as const),
        ...({ label: String(agent), labelColour: 'ground' } as const),
      },
    ];
  };
  const low = -spacing;
  // The farthest that all can be is the square root of 2, drawn on the width of the tracks.
  const at = (value: number): number => -1 + Math.SQRT2 * value;
  const zone = (from: number, to: number, fill: 'green' | 'yellow'): Shape => ({
    ...({ kind: 'polygon', points: corners(at(from), low - 0.08, at(to), low + 0.08) } as const),
    ...{ fill, opacity: 0.5 },
  });
  return {
    extent: { left: -1.3, bottom: low - 0.3, right: 1.3, top: height },
    shapes: [
      ...Array.from({ length: places.length }, (_, agent) => track(agent)).flat(),
      { kind: 'line', points: [at(0), low, at(Math.SQRT2), low], stroke: 'line', width: 0.03 },
      zone(0, peak, 'green'),
      zone(0.6, 1, 'yellow'),
      {
        kind: 'line',
        points: [at(distance), low - 0.12, at(distance), low + 0.12],
        stroke: 'text',
        width: 0.03,
      },
    ],
    caption: `step ${step}: distance ${distance.toFixed(2)}`,
  };
};
