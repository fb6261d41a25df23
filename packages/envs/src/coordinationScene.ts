import type { Colour, Scene, Shape } from '@murmuration/core';
import { type CoordinationGame, penalty } from './coordinationGame';
import { corners } from './scene/elements';

/** What is to be seen of an episode of coordination. */
export interface CoordinationMoment {
  readonly game: CoordinationGame;
  /** Stages that have been played. */
  readonly stage: number;
  /** The true outcome of each stage that was played, `[stage]`. */
  readonly reached: ArrayLike<number>;
  /** What each agent chose in each stage that was played, `[stage, agent]`; 255 where that is not known. */
  readonly chosen: ArrayLike<number>;
}

const width = 2;

const colourOf = ({ first, second }: CoordinationGame, entry: number, action: number): Colour => {
  if (action === first[entry]) return 'blue';
  return action === second[entry] ? 'orange' : 'grey';
};

const nameOf = (outcome: number): string => (outcome <= penalty ? ['u', 'v', 'mixed'][outcome] : 'other');

/** A column for each stage, a disc for each agent with its action: blue as in u, orange as in v, grey as in neither. */
export const coordinationScene = ({ game, stage, reached, chosen }: CoordinationMoment): Scene => {
  const { agents, stages } = game;
  const column = (each: number): Shape[] => {
    const x = width * each + width / 2;
    const played = each < stage;
    const discs = Array.from({ length: agents }, (_, agent): Shape => {
      const entry = each * agents + agent;
      const place = { kind: 'circle', x, y: agents - agent - 0.5, radius: 0.4 } as const;
      if (!played || chosen[entry] === 255)
        return { ...place, stroke: 'quiet', strokeWidth: 0.04, opacity: 0.5 };
      const fill = colourOf(game, entry, chosen[entry]);
      return { ...place, fill, label: String(chosen[entry]), labelColour: 'ground' };
    });
    const texts: Shape[] = [
      { kind: 'text', x, y: agents + 0.5, text: `stage ${each + 1}`, size: 0.4, colour: 'quiet' },
    ];
    if (played) {
      texts.push({ kind: 'text', x, y: -0.5, text: nameOf(reached[each]), size: 0.5, colour: 'text' });
    }
    return [...discs, ...texts];
  };
  const columns = Array.from({ length: stages }, (_, each) => each);
  const names = columns.slice(0, stage).map((each) => nameOf(reached[each]));
  return {
    extent: { left: -0.5, bottom: -1, right: width * stages + 0.5, top: agents + 1 },
    shapes: [
      ...columns.map(
        (each): Shape => ({
          ...({ kind: 'polygon', fill: each === stage - 1 ? 'line' : 'panel' } as const),
          points: corners(width * each + 0.1, 0, width * (each + 1) - 0.1, agents),
        }),
      ),
      ...columns.flatMap(column),
    ],
    caption: `stage ${stage} of ${stages}${names.length > 0 ? `: ${names.join(', ')}` : ''}`,
  };
};
