/**
 * The ticks of a step of SMAX (JaxMARL, `_world_step` and what `step_env_no_decode` does after it) and what is shown, for
 * one battle. All numbers have 32 bits, as there; where it matters in crowds, they are rounded in the same places.
 */
import { aim, gather, mapSize, pace, tickSeconds } from './prepare';
import { push } from './push';
import * as row from './rows';

export { describeAvailable } from './available';
export { observe } from './observe';
export {
  alive, attack, available, cooldown, cooldowns, damages, fullHealths, health, moveX, moveY, observations, radii, ranges,
  sights, speeds, state, type, x, y,
} from './rows';
export { describeState } from './state';

/** How much longer than its type's a cooldown is, in seconds: asked for once a shot, in the order of the units. */
@external("env", "draw")
declare function draw(tick: i32, unit: i32): f64;

/** Every shot is judged by where all stand and who lives before anybody moves. */
function shoot(tick: i32, end: usize): usize {
  let shots: usize = 0;
  for (let entry: usize = 0; entry < end; entry += 4) {
    const own = load<usize>(row.shooters + entry);
    const target = load<usize>(row.targets + entry);
    if (load<f32>(row.cooldown + own) > 0 || !load<i32>(row.alive + own) || !load<i32>(row.alive + target)) continue;
    const type = load<u32>(row.type + own) << 2;
    const deltaX = <f64>load<f32>(row.x + own) - <f64>load<f32>(row.x + target);
    const deltaY = <f64>load<f32>(row.y + own) - <f64>load<f32>(row.y + target);
    const range = <f64>load<f32>(row.ranges + type);
    if (deltaX * deltaX + deltaY * deltaY >= range * range) continue;
    store<f32>(row.damage + target, load<f32>(row.damage + target) + load<f32>(row.damages + type));
    store<usize>(row.fired + shots, own);
    store<f32>(row.reloads + shots, <f32>(<f64>load<f32>(row.cooldowns + type) + draw(tick, <i32>(own >> 2))));
    shots += 4;
  }
  return shots;
}

function cool(units: i32, shots: usize): void {
  const less = f32x4.splat(tickSeconds);
  for (let at: usize = 0, end = <usize>units << 2; at < end; at += 16) {
    v128.store(row.cooldown + at, f32x4.sub(v128.load(row.cooldown + at), less));
  }
  for (let shot: usize = 0; shot < shots; shot += 4) {
    store<f32>(row.cooldown + load<usize>(row.fired + shot), load<f32>(row.reloads + shot));
  }
}

/** Moves, then wounds, then walls. */
function settle(units: i32, deadMove: bool, wallsKill: bool): void {
  const none = f32x4.splat(0);
  const side = f32x4.splat(mapSize);
  const walls = i32x4.splat(wallsKill ? -1 : 0);
  for (let at: usize = 0, end = <usize>units << 2; at < end; at += 16) {
    const there = v128.load(row.takesPart + at);
    const beforeX = v128.load(row.x + at);
    const beforeY = v128.load(row.y + at);
    const x = f32x4.max(none, f32x4.min(side, f32x4.add(beforeX, v128.load(row.paceX + at))));
    const y = f32x4.max(none, f32x4.min(side, f32x4.add(beforeY, v128.load(row.paceY + at))));
    v128.store(row.x + at, v128.bitselect(x, beforeX, there));
    v128.store(row.y + at, v128.bitselect(y, beforeY, there));
    const lowest = f32x4.min(x, y);
    const outside = v128.or(f32x4.le(lowest, none), f32x4.ge(f32x4.max(x, y), side));
    const before = v128.load(row.health + at);
    const left = v128.andnot(f32x4.sub(before, v128.load(row.damage + at)), v128.and(outside, walls));
    const alive = v128.and(f32x4.gt(left, none), there);
    v128.store(row.health + at, v128.bitselect(f32x4.max(left, none), before, there));
    v128.store(row.alive + at, alive);
    v128.store(row.damage + at, none);
    if (!deadMove) v128.store(row.takesPart + at, alive);
  }
}

/**
 * Plays ticks, with the moves and attacks that the units hold.
 * @param deadToo  whether the dead move, push and are pushed, as JaxMARL had it until 2026
 */
export function play(units: i32, allies: i32, ticks: i32, deadToo: bool, wallsKill: bool): void {
  gather(units, deadToo);
  pace(units);
  const shooters = aim(units, allies);
  for (let tick = 0; tick < ticks; tick++) {
    const shots = shoot(tick, shooters);
    cool(units, shots);
    settle(units, deadToo, wallsKill);
    push(units);
  }
}

/** Pushes alone, as at the start of an episode. */
export function part(units: i32, deadToo: bool): void {
  gather(units, deadToo);
  push(units);
}
