/**
 * The six kinds of units, with the numbers of JaxMARL's SMAX (`unit_type_…` of its SMAX class).
 * Speed in map units a second, damage a shot, ranges and radius in map units, cooldown in seconds.
 */
const table = {
  marine: { speed: 3.15, damage: 9, range: 5, sight: 9, radius: 0.375, health: 45, cooldown: 0.61 },
  marauder: { speed: 2.25, damage: 10, range: 6, sight: 10, radius: 0.5625, health: 125, cooldown: 1.07 },
  stalker: { speed: 4.13, damage: 13, range: 6, sight: 10, radius: 0.625, health: 160, cooldown: 1.87 },
  zealot: { speed: 3.15, damage: 8, range: 2, sight: 9, radius: 0.5, health: 150, cooldown: 0.86 },
  zergling: { speed: 4.13, damage: 5, range: 2, sight: 8, radius: 0.375, health: 35, cooldown: 0.5 },
  hydralisk: { speed: 3.15, damage: 12, range: 5, sight: 9, radius: 0.625, health: 80, cooldown: 0.59 },
} as const;

export type UnitType = keyof typeof table;

/** In the order of their numbers, 0 to 5. */
export const unitTypes = Object.keys(table) as readonly UnitType[];

const column = (name: keyof (typeof table)[UnitType]): Float64Array =>
  Float64Array.from(unitTypes, (type) => Math.fround(table[type][name]));

/** One column of the table each, indexed by the number of the type; rounded to 32 bits, as all of JaxMARL. */
export const speeds = column('speed');
export const damages = column('damage');
export const ranges = column('range');
export const sights = column('sight');
export const radii = column('radius');
export const fullHealths = column('health');
export const cooldowns = column('cooldown');

/** Side of the square map, in map units. */
export const mapSize = 32;
/** Ticks in which a step of the environment is played, and seconds of each. */
export const ticks = 8;
export const tickSeconds = 1 / 16;
