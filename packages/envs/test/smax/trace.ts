import { type Rules, restoreBattle } from '../../src/smax/battle';
import type { Mechanics } from '../../src/smax/mechanics';
import { optionsSchema } from '../../src/smax/options';
import { scenarioOf } from '../../src/smax/scenarios';

/** The state of all units as a trace has it: `[unit]`, vectors `[unit, 2]`. */
export interface Snapshot {
  readonly pos: readonly (readonly number[])[];
  readonly alive: readonly number[];
  readonly health: readonly number[];
  readonly types: readonly number[];
  readonly cd: readonly number[];
  readonly prevMove: readonly (readonly number[])[];
  readonly prevAtk: readonly number[];
  readonly step: number;
  readonly done: number;
}

export type ByAgent = Readonly<Record<string, readonly number[]>>;

export interface Memory {
  readonly defaultTarget: readonly (readonly number[])[];
  readonly lastAttacked: readonly number[];
}

export interface TraceStep {
  readonly allyActions: readonly number[];
  readonly enemyActions: readonly number[];
  readonly enemyTargetIdx?: readonly number[];
  /** `[tick, unit]`, seconds. */
  readonly cooldownNoise: readonly (readonly number[])[];
  readonly after: Snapshot;
  readonly reward: number;
  readonly enemyReward?: number;
  readonly done: number;
  readonly agentDones?: readonly number[];
  readonly enemyPolicy?: Memory;
  readonly avail?: ByAgent;
  readonly obs?: ByAgent;
  readonly worldState?: readonly number[];
}

/** A recording of the original code; see the README beside the fixtures for how they were made. */
export interface Trace {
  readonly map: string;
  readonly mode?: string;
  readonly observation?: string;
  readonly envKw?: Readonly<Record<string, unknown>>;
  readonly initial: Snapshot;
  readonly initialObs?: ByAgent;
  readonly initialWorldState?: readonly number[];
  readonly initialAvail?: ByAgent;
  /** The one observation of a trace without steps. */
  readonly obs?: ByAgent;
  readonly steps?: readonly TraceStep[];
}

const options: Readonly<Record<string, (value: unknown) => object>> = {
  see_enemy_actions: (value) => ({ seeEnemyActions: value }),
  walls_cause_death: (value) => ({ wallsCauseDeath: value }),
  won_battle_bonus: (value) => ({ wonBattleBonus: value }),
  use_self_play_reward: (value) => ({ selfPlayReward: value }),
  observation_type: (value) => ({ observation: value }),
  max_steps: (value) => ({ episodeLimit: Number(value) + 1 }),
  enemy_shoots: (value) => ({ enemy: { shoots: value } }),
  attack_mode: (value) => ({ enemy: { targets: value } }),
};

export const rulesOf = (trace: Trace): Rules => {
  const given: Record<string, unknown> = { state: 'raw' };
  const set = (name: string, value: unknown): void => {
    if (!options[name]) throw new Error(`the trace sets ${name}, which these tests do not know`);
    for (const [key, each] of Object.entries(options[name](value))) {
      const group = typeof each === 'object' ? { ...(given[key] as object), ...each } : each;
      given[key] = group;
    }
  };
  for (const [name, value] of Object.entries(trace.envKw ?? {})) set(name, value);
  if (trace.observation) set('observation_type', trace.observation);
  return { ...optionsSchema.parse(given), scenario: scenarioOf(trace.map) };
};

/** Put the one copy of a battle into a recorded state, and the scripted enemies into a recorded memory. */
export const load = ({ battle }: Mechanics, at: Snapshot, memory?: Memory): void => {
  const { units, allies } = battle;
  const column = (rows: readonly (readonly number[])[], axis: number): Float64Array =>
    Float64Array.from(rows, (row) => Math.fround(row[axis]));
  const goals = [
    ...new Array<readonly number[]>(allies).fill([0, 0]),
    ...(memory?.defaultTarget ?? new Array<readonly number[]>(units - allies).fill([0, 0])),
  ];
  const none = new Array<number>(units).fill(-1);
  restoreBattle(battle, 0, {
    step: at.step,
    type: Uint8Array.from(at.types),
    alive: Uint8Array.from(at.alive),
    attack: Int32Array.from(at.prevAtk),
    lastAttacked: Int32Array.from([
      ...none.slice(0, allies),
      ...(memory?.lastAttacked ?? none.slice(allies)),
    ]),
    x: column(at.pos, 0),
    y: column(at.pos, 1),
    health: Float64Array.from(at.health),
    cooldown: Float64Array.from(at.cd),
    moveX: column(at.prevMove, 0),
    moveY: column(at.prevMove, 1),
    goalX: column(goals, 0),
    goalY: column(goals, 1),
  });
};
