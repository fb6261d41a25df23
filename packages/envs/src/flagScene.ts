import type { Scene, Shape } from '@murmuration/core';

const flagAt = (x: number): Shape[] => [
  { kind: 'line', points: [x, 0, x, 2], stroke: 'quiet', width: 0.08 },
  { kind: 'polygon', points: [x, 2, x + 0.8, 1.7, x, 1.4], fill: 'green' },
];

/** Where a robot stands: in the middle before it chose, else beside the flag that it chose. */
const placeOf = (reached: number, robot: number): number => {
  const beside = robot === 0 ? -0.6 : 0.6;
  if (reached === 0) return beside;
  const choices = reached - 1;
  const choice = robot === 0 ? choices >> 1 : choices & 1;
  return (choice === 0 ? -3 : 3) + beside;
};

/** @param reached the state of the flag task: 0 at the start, then 1 to 4 for the choices 00, 01, 10, 11. */
export const flagScene = (reached: number): Scene => {
  const places = [placeOf(reached, 0), placeOf(reached, 1)];
  const agreed = reached === 1 || reached === 4;
  const outcome = agreed ? 'both chose one flag: 100' : 'they chose different flags: -200';
  const object: Shape = {
    ...({ kind: 'line', points: [places[0], 0.9, places[1], 0.9] } as const),
    ...({ stroke: 'yellow', width: 0.25 } as const),
  };
  return {
    extent: { left: -5, bottom: -1, right: 5, top: 3 },
    shapes: [
      { kind: 'line', points: [-5, 0, 5, 0], stroke: 'line', width: 0.08 },
      ...flagAt(-3),
      ...flagAt(3),
      // What they carry; it breaks where they part.
      ...(reached === 0 || agreed ? [object] : []),
      ...places.map(
        (x, robot): Shape => ({
          ...({ kind: 'circle', x, y: 0.4, radius: 0.4, fill: robot === 0 ? 'blue' : 'orange' } as const),
          ...({ label: String(robot), labelColour: 'ground' } as const),
        }),
      ),
      ...(reached === 0
        ? []
        : [{ kind: 'text', x: 0, y: -0.5, text: outcome, size: 0.45, colour: 'text' } as const]),
    ],
    caption: reached === 0 ? 'two robots carry one object' : outcome,
  };
};
