import type { Random } from '@murmuration/core';
import type { Battle } from './battle';
import type { Push } from './push';
import { cooldowns, damages, mapSize, ranges, speeds, tickSeconds, ticks } from './units';

/**
 * Play the ticks of one step in a copy, with the moves and attacks that its units hold.
 * @param random draws how much longer or shorter a shot's cooldown is, uniform from -1 to 2 ticks.
 * @param noise draws made beforehand, `[tick, unit]` in seconds, in place of `random`.
 * @param watch is called after each tick.
 */
export type Advance = (copy: number, random: Random, noise?: Float64Array, watch?: () => void) => void;

/**
 * JaxMARL, `_world_step` and what `step_env_no_decode` does after it. Rounded to 32 bits where the original rounds, so
 * that whole episodes can be compared: in crowds the smallest difference grows.
 */
export const createAdvance = (battle: Battle, push: Push): Advance => {
  const { units, allies, alive, attack, cooldown, health, moveX, moveY, type, x, y } = battle;
  const { compat, wallsCauseDeath } = battle.rules;
  const deadMove = compat === 'v1';
  /** Index of whom each unit attacks, or -1. */
  const target = new Int32Array(units);
  /** How far each unit moves in a tick. */
  const paceX = new Float64Array(units);
  const paceY = new Float64Array(units);
  /** Zeros between ticks. */
  const damage = new Float64Array(units);

  const prepare = (first: number): void => {
    for (let unit = 0; unit < units; unit++) {
      const own = first + unit;
      const opponent = attack[own] - 5;
      // Allies number the enemies upwards, enemies the allies downwards.
      target[unit] = opponent < 0 ? -1 : first + (unit < allies ? allies + opponent : allies - 1 - opponent);
      const speed = speeds[type[own]];
      paceX[unit] = Math.fround(moveX[own] * speed) * tickSeconds;
      paceY[unit] = Math.fround(moveY[own] * speed) * tickSeconds;
    }
  };

  const inRange = (unit: number, at: number): boolean => {
    const deltaX = x[unit] - x[at];
    const deltaY = y[unit] - y[at];
    const range = ranges[type[unit]];
    return deltaX * deltaX + deltaY * deltaY < range * range;
  };

  /** Every shot is judged by where all stand and who lives before anybody moves. */
  const shoot = (first: number, tick: number, random: Random, noise: Float64Array | undefined): void => {
    for (let unit = 0; unit < units; unit++) {
      const own = first + unit;
      const at = target[unit];
      const left = cooldown[own];
      if (at >= 0 && left <= 0 && alive[own] === 1 && alive[at] === 1 && inRange(own, at)) {
        const drawn = noise ? noise[tick * units + unit] : tickSeconds * (3 * random.uniform() - 1);
        damage[at - first] += damages[type[own]];
        cooldown[own] = Math.fround(cooldowns[type[own]] + drawn);
      } else {
        cooldown[own] = Math.fround(left - tickSeconds);
      }
    }
  };

  /** Moves, then wounds, then walls. */
  const settle = (first: number): void => {
    for (let unit = 0; unit < units; unit++) {
      const own = first + unit;
      if (alive[own] === 0 && !deadMove) continue;
      let placeX = x[own];
      let placeY = y[own];
      if (paceX[unit] !== 0 || !(placeX >= 0 && placeX <= mapSize)) {
        placeX = Math.max(0, Math.min(mapSize, Math.fround(placeX + paceX[unit])));
        x[own] = placeX;
      }
      if (paceY[unit] !== 0 || !(placeY >= 0 && placeY <= mapSize)) {
        placeY = Math.max(0, Math.min(mapSize, Math.fround(placeY + paceY[unit])));
        y[own] = placeY;
      }
      const outside = placeX <= 0 || placeY <= 0 || placeX >= mapSize || placeY >= mapSize;
      const left = outside && wallsCauseDeath ? 0 : health[own] - damage[unit];
      damage[unit] = 0;
      health[own] = Math.max(left, 0);
      alive[own] = left > 0 ? 1 : 0;
    }
  };

  return (copy, random, noise, watch) => {
    const first = copy * units;
    prepare(first);
    for (let tick = 0; tick < ticks; tick++) {
      shoot(first, tick, random, noise);
      settle(first);
      push(copy);
      if (watch) watch();
    }
  };
};
