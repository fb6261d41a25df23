/**
 * The one battle that is in here: a row of 32-bit numbers for each quantity, a lane for each unit, allies before enemies.
 * The caller writes the rows of the first group, and reads what became of them. Lanes after the last unit hold zeros.
 */

/** Room for two teams of 100, and whole vectors. */
const bytes: usize = 832;

export const x: usize = 0 * bytes;
export const y: usize = 1 * bytes;
export const health: usize = 2 * bytes;
export const cooldown: usize = 3 * bytes;
/** All bits set of the living, 0 of the dead. */
export const alive: usize = 4 * bytes;
export const moveX: usize = 5 * bytes;
export const moveY: usize = 6 * bytes;
/** 5 + number of the opponent, or less. */
export const attack: usize = 7 * bytes;
export const type: usize = 8 * bytes;

/** All bits set of those who move and push: of the living, or of the dead too. */
export const takesPart: usize = 9 * bytes;
/** How far each moves in a tick. */
export const paceX: usize = 10 * bytes;
export const paceY: usize = 11 * bytes;
export const radius: usize = 12 * bytes;
/** Zeros between ticks, as the two after it. */
export const damage: usize = 13 * bytes;
export const pushX: usize = 14 * bytes;
export const pushY: usize = 15 * bytes;
/** Lists: who may shoot in this step, and whom at; who shot in this tick, and the cooldown that follows. */
export const shooters: usize = 16 * bytes;
export const targets: usize = 17 * bytes;
export const fired: usize = 18 * bytes;
export const reloads: usize = 19 * bytes;

/** Of each type: the caller writes them once. */
export const speeds: usize = 20 * bytes;
export const damages: usize = 21 * bytes;
export const ranges: usize = 22 * bytes;
export const radii: usize = 23 * bytes;
export const cooldowns: usize = 24 * bytes;
export const fullHealths: usize = 25 * bytes;
export const sights: usize = 26 * bytes;

/** Room for one entry each for what others see of a unit; see `observe`. */
export const seenWidth: usize = 64;
export const seen: usize = 27 * bytes;
export const seenByOpponents: usize = seen + 208 * seenWidth;

/** What is shown, as the frame has it: state, masks, observations. */
export const state: usize = seenByOpponents + 208 * seenWidth;
export const available: usize = state + 12 * bytes + 64;
export const observations: usize = available + 200 * 112;
