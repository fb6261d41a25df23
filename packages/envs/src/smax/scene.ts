import type { Extent, Scene, Shape } from '@murmuration/core';
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
    ...({ kind: 'bar', x: x[own], y: y[own] + radius + 0.1875, width: 1.5 * radius, height: 0.125 } as const),
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

/** Around all units, with room for what is drawn above them. */
const focusOf = ({ x, y }: Battle, first: number, end: number): Extent => {
  const [across, up] = [x.subarray(first, end), y.subarray(first, end)];
  return {
    left: Math.min(...across) - 2,
    bottom: Math.min(...up) - 2,
    right: Math.max(...across) + 2,
    top: Math.max(...up) + 4,
  };
};

/** Above the highest unit, within the map. */
const banner = (outcome: string, focus: Extent): Shape[] => {
  const [wide, high] = [9, 2];
  const place = (middle: number, size: number): number =>
    Math.max(size / 2, Math.min(mapSize - size / 2, middle));
  const x = place((focus.left + focus.right) / 2, wide);
  const y = place(focus.top - 1.5, high);
  const points = corners(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2);
  return [
    { kind: 'polygon', points, fill: 'ground', opacity: 0.85 },
    { kind: 'text', x, y, text: outcome, size: 1.5, colour: 'text' },
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
  const bars: Shape[] = [];
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
    living.push(body(battle, first, unit));
    bars.push(healthBar(battle, own));
    const fired = shot(battle, first, unit);
    if (fired) shots.push(fired);
  }
  const outcome = outcomeOf(battle, copy, left, opponents);
  const focus = focusOf(battle, first, first + units);
  const counts = `${times(left, 'ally', 'allies')}, ${times(opponents, 'enemy', 'enemies')}`;
  return {
    extent,
    focus,
    shapes: [map, ...fallen, ...shots, ...living, ...bars, ...(outcome ? banner(outcome, focus) : [])],
    caption: `step ${steps[copy]}: ${counts}${outcome ? `, ${outcome}` : ''}`,
  };
};
