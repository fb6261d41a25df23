import type { Scene, Shape } from '@murmuration/core';
import { corners } from '../scene/elements';
import { attackOffset } from './actions';
import type { Battle } from './battle';
import { fullHealths, mapSize, radii, ranges, type UnitType, unitTypes } from './units';

/** The letters of SMAC's map names. */
const letters: Readonly<Record<UnitType, string>> = {
  marine: 'm',
  marauder: 'M',
  stalker: 's',
  zealot: 'z',
  zergling: 'zg',
  hydralisk: 'h',
};

const edge = 0.5;
const extent = { left: -edge, bottom: -edge, right: mapSize + edge, top: mapSize + edge };
const map: Shape = {
  kind: 'polygon',
  points: corners(0, 0, mapSize, mapSize),
  fill: 'panel',
  stroke: 'line',
  strokeWidth: 0.15,
};

const colourOf = (battle: Battle, unit: number): 'blue' | 'orange' =>
  unit < battle.allies ? 'blue' : 'orange';

const body = (battle: Battle, first: number, unit: number): Shape => {
  const { x, y, type, alive } = battle;
  const own = first + unit;
  return {
    ...({ kind: 'circle', x: x[own], y: y[own], radius: radii[type[own]] } as const),
    ...({
      fill: colourOf(battle, unit),
      label: letters[unitTypes[type[own]]],
      labelColour: 'ground',
    } as const),
    ...(alive[own] === 0 && { opacity: 0.2 }),
  };
};

const healthBar = ({ x, y, type, health }: Battle, own: number): Shape => {
  const radius = radii[type[own]];
  return {
    ...({ kind: 'bar', x: x[own], y: y[own] + radius + 0.3, width: 2 * radius, height: 0.2 } as const),
    ...({ share: Math.min(1, health[own] / fullHealths[type[own]]), fill: 'green' } as const),
  };
};

/** A shot at whom the unit attacks and reaches. In a step it may shoot several times, or wait for its weapon. */
const shot = (battle: Battle, first: number, unit: number): Shape | undefined => {
  const { allies, attack, x, y, type } = battle;
  const own = first + unit;
  const opponent = attack[own] - attackOffset;
  if (opponent < 0) return undefined;
  // Allies number the enemies upwards, enemies the allies downwards.
  const at = first + (unit < allies ? allies + opponent : allies - 1 - opponent);
  if (Math.hypot(x[own] - x[at], y[own] - y[at]) >= ranges[type[own]]) return undefined;
  const points = [x[own], y[own], x[at], y[at]];
  return { kind: 'line', points, stroke: colourOf(battle, unit), width: 0.12, opacity: 0.6 };
};

const outcomeOf = (battle: Battle, copy: number, own: number, others: number): string | undefined => {
  if (own === 0 && others === 0) return 'draw';
  if (others === 0) return 'victory';
  if (own === 0) return 'defeat';
  return battle.steps[copy] >= battle.rules.episodeLimit ? 'out of time' : undefined;
};

const banner = (outcome: string): Shape[] => {
  const [low, high, half] = [mapSize - 4, mapSize - 1, 6];
  const [left, right] = [mapSize / 2 - half, mapSize / 2 + half];
  return [
    {
      kind: 'polygon',
      points: corners(left, low, right, high),
      fill: 'ground',
      opacity: 0.85,
    },
    { kind: 'text', x: mapSize / 2, y: (low + high) / 2, text: outcome, size: 2, colour: 'text' },
  ];
};

const times = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/**
 * What a battle looks like: units as discs of their size with the letter of their type, allies blue, enemies orange, the
 * fallen faded; above each its health; a line from who shoots to the target; at the end how it ended.
 */
export const sceneOf = (battle: Battle, copy: number): Scene => {
  const { allies, units, alive, steps } = battle;
  const first = copy * units;
  const fallen: Shape[] = [];
  const shots: Shape[] = [];
  const living: Shape[] = [];
  let left = 0;
  let opponents = 0;
  for (let unit = 0; unit < units; unit++) {
    const own = first + unit;
    if (alive[own] === 0) {
      fallen.push(body(battle, first, unit));
      continue;
    }
    if (unit < allies) left++;
    else opponents++;
    living.push(body(battle, first, unit), healthBar(battle, own));
    const fired = shot(battle, first, unit);
    if (fired) shots.push(fired);
  }
  const outcome = outcomeOf(battle, copy, left, opponents);
  const counts = `${times(left, 'ally', 'allies')}, ${times(opponents, 'enemy', 'enemies')}`;
  return {
    extent,
    shapes: [map, ...fallen, ...shots, ...living, ...(outcome ? banner(outcome) : [])],
    caption: `step ${steps[copy]}: ${counts}${outcome ? `, ${outcome}` : ''}`,
  };
};
