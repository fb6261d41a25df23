import type { Random } from '@murmuration/core';
import { attackOffset } from './actions';
import type { Battle } from './battle';
import { mapSize, ranges, sights } from './units';

/**
 * The scripted player's action for one unit, of either team; it remembers whom it shot at and where it was going.
 * @param random draws whom it follows, and whom it shoots at where it does so at random.
 * @param follow whom it follows, as number of the opponent, in place of a draw; -1 or nothing to draw.
 */
export type Decide = (index: number, random: Random, follow?: number) => number;

/** The first of north, east, south and west that points most along a vector. */
const towards = (alongX: number, alongY: number): number => {
  let best = 0;
  let most = alongY;
  if (alongX > most) {
    best = 1;
    most = alongX;
  }
  if (-alongY > most) {
    best = 2;
    most = -alongY;
  }
  return -alongX > most ? 3 : best;
};

/** JaxMARL, `create_heuristic_policy`. It sees what the unit sees: living opponents within sight. */
export const createDecide = (battle: Battle): Decide => {
  const { units, allies, enemies, alive, x, y, type, goalX, goalY, lastAttacked } = battle;
  const { shoots, targets } = battle.rules.enemy;
  /** Numbers of the opponents in sight and of those in range. */
  const seen = new Int32Array(units);
  const inRange = new Int32Array(units);

  return (index, random, follow = -1) => {
    const unit = index % units;
    const first = index - unit;
    const ally = unit < allies;
    const opponents = ally ? enemies : allies;
    const zero = first + (ally ? allies : allies - 1);
    const direction = ally ? 1 : -1;
    // What a dead unit sees of itself is zeros, its position among them.
    const living = alive[index] === 1;
    const ownX = living ? x[index] : 0;
    const ownY = living ? y[index] : 0;
    const sight = sights[type[index]] ** 2;
    const range = ranges[type[index]] ** 2;
    const last = lastAttacked[index];
    let seeing = 0;
    let reaching = 0;
    let closest = -1;
    let least = Infinity;
    let lastInRange = false;
    for (let opponent = 0; living && opponent < opponents; opponent++) {
      const other = zero + direction * opponent;
      if (alive[other] === 0) continue;
      const deltaX = x[other] - ownX;
      const deltaY = y[other] - ownY;
      const square = deltaX * deltaX + deltaY * deltaY;
      if (square >= sight) continue;
      seen[seeing++] = opponent;
      if (square >= range) continue;
      inRange[reaching++] = opponent;
      if (opponent === last) lastInRange = true;
      if (square >= least) continue;
      least = square;
      closest = opponent;
    }
    // Memory is new as long as it holds nothing: no goal and nobody shot at.
    if (goalX[index] === 0 && goalY[index] === 0 && last === -1) {
      goalX[index] = mapSize - ownX;
      goalY[index] = mapSize - ownY;
    }
    let target = closest;
    if (lastInRange) target = last;
    else if (targets === 'random' && reaching > 0) target = inRange[random.integer(reaching)];
    lastAttacked[index] = target;
    if (target >= 0 && shoots) return attackOffset + target;
    if (seeing === 0) return towards(goalX[index] - ownX, goalY[index] - ownY);
    const followed = zero + direction * (follow >= 0 ? follow : seen[random.integer(seeing)]);
    return towards(x[followed] - ownX, y[followed] - ownY);
  };
};
