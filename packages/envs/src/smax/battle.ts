import { CheckpointError, type State, stateArray, stateNumber } from '@murmuration/core';
import type { SmaxOptions } from './options';
import type { Scenario } from './scenarios';
import { unitTypes } from './units';

/** What a battle is fought by: the scenario and every option in force. */
export interface Rules extends SmaxOptions {
  readonly scenario: Scenario;
}

/**
 * All copies of a battle in one structure of arrays. Arrays are `[copy, unit]`, allies before enemies; a unit's place
 * in its copy is its number, and `copy * units + unit` its index.
 */
export interface Battle {
  readonly rules: Rules;
  readonly copies: number;
  readonly allies: number;
  readonly enemies: number;
  readonly units: number;
  /** `[copy]`, steps since the start. */
  readonly steps: Int32Array;
  readonly type: Uint8Array;
  readonly alive: Uint8Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly health: Float64Array;
  /** Seconds until it can shoot; sinks below 0 without end. */
  readonly cooldown: Float64Array;
  /** The last move: a vector of length 0 to 1. */
  readonly moveX: Float64Array;
  readonly moveY: Float64Array;
  /** The last attack as an action, 5 + number of the opponent; 0 where there was none. */
  readonly attack: Int32Array;
  /** Where a scripted unit walks while it sees nobody; 0, 0 before its first action. */
  readonly goalX: Float64Array;
  readonly goalY: Float64Array;
  /** Whom a scripted unit last shot at, as number of the opponent; -1 for none. */
  readonly lastAttacked: Int32Array;
}

/** A battle with everything at 0: no copy has started. */
export const createBattle = (rules: Rules, copies: number): Battle => {
  const [allies, enemies] = [rules.scenario.allies.length, rules.scenario.enemies.length];
  const units = allies + enemies;
  const size = copies * units;
  const floats = (): Float64Array => new Float64Array(size);
  return {
    ...{ rules, copies, allies, enemies, units, steps: new Int32Array(copies) },
    ...{ type: new Uint8Array(size), alive: new Uint8Array(size) },
    ...{ x: floats(), y: floats(), health: floats(), cooldown: floats() },
    ...{ moveX: floats(), moveY: floats(), attack: new Int32Array(size) },
    ...{ goalX: floats(), goalY: floats(), lastAttacked: new Int32Array(size) },
  };
};

const bytes = ['type', 'alive'] as const;
const integers = ['attack', 'lastAttacked'] as const;
const floats = ['x', 'y', 'health', 'cooldown', 'moveX', 'moveY', 'goalX', 'goalY'] as const;

/** Everything that the next steps of one copy depend on. */
export const saveBattle = (battle: Battle, copy: number): State => {
  const [from, to] = [copy * battle.units, (copy + 1) * battle.units];
  const rows = [...bytes, ...integers, ...floats].map((name) => [name, battle[name].slice(from, to)]);
  return { step: battle.steps[copy], ...Object.fromEntries(rows) };
};

/** What would reach beyond the tables of types and the opponents. */
const checkNumbers = (battle: Battle, type: Uint8Array, attack: Int32Array): void => {
  const { allies, enemies, rules } = battle;
  for (const [unit, action] of attack.entries()) {
    const count = 5 + (unit < allies ? enemies : allies);
    if (action >= 0 && action < count && type[unit] < unitTypes.length) continue;
    const found = `unit ${unit} has type ${type[unit]} and attack ${action}; restore a state of this scenario`;
    throw new CheckpointError('@murmuration/envs', `smax/${rules.scenario.name}: ${found}`);
  }
};

/** @throws CheckpointError where an array is missing or has another length, or a type or an attack is none. */
export const restoreBattle = (battle: Battle, copy: number, state: State): void => {
  const { units } = battle;
  const type = stateArray(state, 'type', Uint8Array, units);
  checkNumbers(battle, type, stateArray(state, 'attack', Int32Array, units));
  battle.steps[copy] = stateNumber(state, 'step');
  for (const name of bytes) battle[name].set(stateArray(state, name, Uint8Array, units), copy * units);
  for (const name of integers) battle[name].set(stateArray(state, name, Int32Array, units), copy * units);
  for (const name of floats) battle[name].set(stateArray(state, name, Float64Array, units), copy * units);
};
