import { EnvironmentError, type Random } from '@murmuration/core';
import type { Battle } from './battle';

/** Actions before the attacks: north, east, south, west, stop. */
export const attackOffset = 5;
export const stop = 4;

/** Length of a move: 1, as it comes out where JaxMARL turns a diagonal by 45 degrees in 32 bits. */
const pace = 1 - 2 ** -24;
const eastward = [0, pace, 0, -pace, 0];
const northward = [pace, 0, -pace, 0, 0];

/**
 * Let a unit hold a discrete action: 0 north, 1 east, 2 south, 3 west, 4 stop, 5 + k attack opponent k, whom the
 * allies count upwards and the enemies downwards. That it is not available makes it useless, not wrong.
 * @throws EnvironmentError for a number that is no action.
 */
export const holdDiscrete = (battle: Battle, index: number, action: number): void => {
  const unit = index % battle.units;
  const count = attackOffset + (unit < battle.allies ? battle.enemies : battle.allies);
  if (!(Number.isInteger(action) && action >= 0 && action < count)) {
    const name = unit < battle.allies ? `ally-${unit}` : `enemy-${unit - battle.allies}`;
    const message = `smax/${battle.rules.scenario.name}: the action of ${name} is ${action}; give 0 to ${count - 1}`;
    throw new EnvironmentError('@murmuration/envs', message);
  }
  const moves = action < attackOffset;
  battle.moveX[index] = moves ? eastward[action] : 0;
  battle.moveY[index] = moves ? northward[action] : 0;
  battle.attack[index] = moves ? 0 : action;
};

const share = (value: number): number => Math.max(0, Math.min(1, value));

/** The opponent nearest to a place, dead or not, by its number; the first unit wins a tie. */
const nearestTo = (battle: Battle, index: number, placeX: number, placeY: number): number => {
  const { allies, units, x, y } = battle;
  const unit = index % units;
  const first = index - unit;
  const from = unit < allies ? allies : 0;
  const to = unit < allies ? units : allies;
  let nearest = from;
  let least = Infinity;
  for (let other = from; other < to; other++) {
    const deltaX = x[first + other] - placeX;
    const deltaY = y[first + other] - placeY;
    const square = deltaX * deltaX + deltaY * deltaY;
    if (square >= least) continue;
    least = square;
    nearest = other;
  }
  return unit < allies ? nearest - allies : allies - 1 - nearest;
};

/**
 * Let a unit hold a continuous action, four numbers in [0, 1] (JaxMARL, `_decode_continuous_actions`): whether it
 * shoots at somebody new or again at the last one, whether it moves or shoots (the second number, there called
 * `do_shoot`, is the probability of a move), length and angle of a vector: the move, or where the new target is sought.
 */
export const holdContinuous = (
  battle: Battle,
  index: number,
  actions: ArrayLike<number>,
  at: number,
  random: Random,
): void => {
  const moves = random.uniform() < share(actions[at + 1]);
  const anew = random.uniform() < share(actions[at]);
  const length = share(actions[at + 2]);
  const angle = share(actions[at + 3]) * 2 * Math.PI;
  const alongX = length * Math.cos(angle);
  const alongY = length * Math.sin(angle);
  battle.moveX[index] = moves ? Math.fround(alongX) : 0;
  battle.moveY[index] = moves ? Math.fround(alongY) : 0;
  if (moves) battle.attack[index] = 0;
  else if (anew) {
    const nearest = nearestTo(battle, index, battle.x[index] + alongX, battle.y[index] + alongY);
    battle.attack[index] = attackOffset + nearest;
  }
};
