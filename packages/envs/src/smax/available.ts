import { attackOffset, stop } from './actions';
import type { Battle } from './battle';
import { ranges } from './units';

/**
 * Write which discrete actions a unit can take: stop always, moves while it lives, attacks on living opponents in range
 * (JaxMARL, `get_avail_actions`). Neither sight nor cooldown matter.
 */
export const writeAvailable = (battle: Battle, index: number, into: Uint8Array, at: number): void => {
  const { units, allies, enemies, alive, x, y, type } = battle;
  const unit = index % units;
  const ally = unit < allies;
  const opponents = ally ? enemies : allies;
  const zero = index - unit + (ally ? allies : allies - 1);
  const direction = ally ? 1 : -1;
  const living = alive[index];
  into.fill(living, at, at + attackOffset);
  into[at + stop] = 1;
  const range = ranges[type[index]] ** 2;
  for (let opponent = 0; opponent < opponents; opponent++) {
    const other = zero + direction * opponent;
    const deltaX = x[other] - x[index];
    const deltaY = y[other] - y[index];
    const reached = living === 1 && alive[other] === 1 && deltaX * deltaX + deltaY * deltaY < range;
    into[at + attackOffset + opponent] = reached ? 1 : 0;
  }
};
