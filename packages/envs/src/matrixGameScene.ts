import type { Scene, Shape } from '@murmuration/core';
import type { MatrixGame } from './matrixGame';
import { corners } from './scene/elements';

/** What is to be seen of a matrix game. */
export interface MatrixGameMoment {
  readonly game: MatrixGame;
  /** Actions of each agent. */
  readonly actions: number;
  readonly depth: number;
  /** The number of the state in the tree. */
  readonly state: number;
  /** What has been paid so far. */
  readonly paid: number;
}

/** The states on the way from the root of the tree to this one, both included. */
const wayTo = (state: number, branches: number): number[] =>
  state === 0 ? [0] : [...wayTo(Math.floor((state - 1) / branches), branches), state];

/**
 * A matrix for each step, rows and columns the actions of both agents: green where the state that follows pays, orange
 * where it costs, the stronger the more; framed what was chosen.
 */
export const matrixGameScene = ({ game, actions, depth, state, paid }: MatrixGameMoment): Scene => {
  const { branches, rewards } = game;
  const way = wayTo(state, branches);
  const gap = 0.5;
  const matrix = (step: number): Shape[] => {
    const from = step * (actions + gap);
    const frame = corners(from, 0, from + actions, actions);
    const shapes: Shape[] = [
      { kind: 'polygon', points: frame, fill: 'panel', stroke: 'line', strokeWidth: 0.06 },
    ];
    if (step >= way.length) return shapes;
    for (let joint = 0; joint < branches; joint++) {
      const child = way[step] * branches + joint + 1;
      const left = from + (joint % actions);
      const top = actions - Math.floor(joint / actions);
      const cell = corners(left + 0.0625, top - 0.9375, left + 0.9375, top - 0.0625);
      // The last layer is never left, so it pays nothing.
      const value = rewards[child] ?? 0;
      const fill = value < 0 ? 'orange' : 'green';
      shapes.push({ kind: 'polygon', points: cell, fill, opacity: Math.min(1, Math.abs(value)) });
      if (child === way[step + 1]) {
        shapes.push({ kind: 'polygon', points: cell, stroke: 'text', strokeWidth: 0.1 });
      }
    }
    return shapes;
  };
  const steps = way.length - 1;
  return {
    extent: { left: -gap, bottom: -gap, right: depth * (actions + gap), top: actions + gap },
    shapes: Array.from({ length: depth }, (_, step) => matrix(step)).flat(),
    caption: `step ${steps} of ${depth}: paid ${paid.toFixed(2)} of at best ${game.best.toFixed(2)}`,
  };
};
