import { EnvironmentError } from '@murmuration/core';
import type { Battle } from './battle';
import { module } from './module/ticks';
import { cooldowns, damages, fullHealths, radii, ranges, sights, speeds } from './units';

/** Asked for once a shot, in the order of the units: how much longer than its type's the cooldown is, in seconds. */
export type Draw = (tick: number, unit: number) => number;

/** The compiled ticks (`assembly/`) with the one battle that is in their memory: rows of one number for each unit. */
export interface Engine {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly health: Float32Array;
  readonly cooldown: Float32Array;
  /** -1 of the living, 0 of the dead. */
  readonly alive: Int32Array;
  readonly moveX: Float32Array;
  readonly moveY: Float32Array;
  readonly attack: Int32Array;
  readonly type: Int32Array;
  play(units: number, allies: number, ticks: number, deadToo: boolean, wallsKill: boolean, draw: Draw): void;
  /** Push overlapping units apart, once. */
  part(units: number, deadToo: boolean): void;
  /** Write what the first units see, each after the other, to where {@link observations} looks. */
  observe(units: number, allies: number, agents: number, tells: boolean, scaled: boolean): void;
  describeState(units: number, allies: number, scaled: boolean): void;
  describeAvailable(units: number, allies: number, agents: number, count: number): void;
  /** The first so many numbers of what was written last. */
  observations(length: number): Float32Array;
  state(length: number): Float32Array;
  available(length: number): Uint8Array;
}

/** What the module exports: functions, and addresses of rows. */
interface Exports extends Pick<Engine, 'part' | 'observe' | 'describeState' | 'describeAvailable'> {
  readonly memory: WebAssembly.Memory;
  play(units: number, allies: number, ticks: number, deadToo: boolean, wallsKill: boolean): void;
  readonly [row: string]: unknown;
}

/** Most units of a row, with room for whole vectors. */
const lanes = 208;

const instantiate = (draw: Draw): Exports => {
  try {
    const bytes = Uint8Array.from(atob(module), (character) => character.charCodeAt(0));
    const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { draw } });
    return instance.exports as unknown as Exports;
  } catch (error) {
    const message = `smax: this runtime does not run WebAssembly with SIMD (${error}); allow it, or use a newer one`;
    throw new EnvironmentError('@murmuration/envs', message);
  }
};

const createEngine = (): Engine => {
  let drawn: Draw = () => 0;
  const exports = instantiate((tick, unit) => drawn(tick, unit));
  const { memory, play, part, observe, describeState, describeAvailable, ...rows } = exports;
  const address = (row: string): number => (rows[row] as WebAssembly.Global<'i32'>).value;
  const floats = (row: string, length = lanes): Float32Array =>
    new Float32Array(memory.buffer, address(row), length);
  const integers = (row: string): Int32Array => new Int32Array(memory.buffer, address(row), lanes);
  const tables = { speeds, damages, ranges, radii, cooldowns, fullHealths, sights };
  for (const [row, values] of Object.entries(tables)) floats(row).set(values);
  return {
    ...{ x: floats('x'), y: floats('y'), health: floats('health'), cooldown: floats('cooldown') },
    ...{ moveX: floats('moveX'), moveY: floats('moveY') },
    ...{ alive: integers('alive'), attack: integers('attack'), type: integers('type') },
    play(units, allies, ticks, deadToo, wallsKill, draw) {
      drawn = draw;
      play(units, allies, ticks, deadToo, wallsKill);
    },
    ...{ part, observe, describeState, describeAvailable },
    observations: (length) => floats('observations', length),
    state: (length) => floats('state', length),
    available: (length) => new Uint8Array(memory.buffer, address('available'), length),
  };
};

let engine: Engine | undefined;

/** One for all battles: nothing stays in it that a caller could rely on. */
export const engineOf = (): Engine => {
  engine ??= createEngine();
  return engine;
};

/** Write a copy into the engine. */
export const enter = (to: Engine, battle: Battle, copy: number): void => {
  const { units, alive, attack, cooldown, health, moveX, moveY, type, x, y } = battle;
  const first = copy * units;
  for (let unit = 0; unit < units; unit++) {
    const own = first + unit;
    to.x[unit] = x[own];
    to.y[unit] = y[own];
    to.health[unit] = health[own];
    to.cooldown[unit] = cooldown[own];
    to.alive[unit] = -alive[own];
    to.moveX[unit] = moveX[own];
    to.moveY[unit] = moveY[own];
    to.attack[unit] = attack[own];
    to.type[unit] = type[own];
  }
};

/** Read back what ticks change. */
export const leave = (from: Engine, battle: Battle, copy: number): void => {
  const { units, alive, cooldown, health, x, y } = battle;
  const first = copy * units;
  for (let unit = 0; unit < units; unit++) {
    const own = first + unit;
    x[own] = from.x[unit];
    y[own] = from.y[unit];
    health[own] = from.health[unit];
    cooldown[own] = from.cooldown[unit];
    alive[own] = -from.alive[unit];
  }
};
