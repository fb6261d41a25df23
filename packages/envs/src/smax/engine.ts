import { EnvironmentError } from '@murmuration/core';
import { module } from './module/ticks';
import { cooldowns, damages, radii, ranges, speeds } from './units';

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
}

/** What the module exports: functions, and addresses of rows. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  play(units: number, allies: number, ticks: number, deadToo: boolean, wallsKill: boolean): void;
  part(units: number, deadToo: boolean): void;
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
  const { memory, play, part, ...rows } = instantiate((tick, unit) => drawn(tick, unit));
  const address = (row: string): number => (rows[row] as WebAssembly.Global<'i32'>).value;
  const floats = (row: string): Float32Array => new Float32Array(memory.buffer, address(row), lanes);
  const integers = (row: string): Int32Array => new Int32Array(memory.buffer, address(row), lanes);
  const tables = { speeds, damages, ranges, radii, cooldowns };
  for (const [row, values] of Object.entries(tables)) floats(row).set(values);
  return {
    ...{ x: floats('x'), y: floats('y'), health: floats('health'), cooldown: floats('cooldown') },
    ...{ moveX: floats('moveX'), moveY: floats('moveY') },
    ...{ alive: integers('alive'), attack: integers('attack'), type: integers('type') },
    play(units, allies, ticks, deadToo, wallsKill, draw) {
      drawn = draw;
      play(units, allies, ticks, deadToo, wallsKill);
    },
    part,
  };
};

let engine: Engine | undefined;

/** One for all battles: nothing stays in it between two calls. */
export const engineOf = (): Engine => {
  engine ??= createEngine();
  return engine;
};
