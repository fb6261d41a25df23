import { attackOffset } from './actions';
import type { Battle } from './battle';
import { coneWidth, createObserveCone } from './cone';
import { engineOf, enter } from './engine';
import { otherWidth, ownWidth } from './features';

export const observationWidth = ({ rules, units }: Pick<Battle, 'rules' | 'units'>): number =>
  rules.observation === 'conic' ? coneWidth : otherWidth * (units - 1) + ownWidth;

export const stateWidth = (units: number): number => (ownWidth + 2) * units;

/** Discrete actions of the one with most opponents among the first `agents` units. */
export const actionCount = ({ allies, enemies }: Battle, agents: number): number =>
  attackOffset + (agents > allies ? Math.max(allies, enemies) : enemies);

/** What a copy shows: valid until anything is shown again. */
export interface Shown {
  /**
   * `[agent, observationWidth]`. Of another unit: share of health, way to it over the own sight (x, y), its last move
   * (x, y) and target, share of its cooldown, type one-hot; zeros where it is not seen. Of itself: share of health,
   * position over the map's size (x, y), cooldown, type one-hot. The dead see zeros (JaxMARL, `get_obs_unit_list`).
   */
  readonly observations: Float32Array;
  /**
   * `[stateWidth]`: of each unit share of health, position (x, y), cooldown and type one-hot, zeros where it is dead; then
   * the team (0 or 1) of each unit; then the type of each. JaxMARL's `get_world_state` gives positions in map units,
   * cooldowns in seconds and types by number (`raw`); `scaled` divides by the map's size, the type's cooldown (then
   * clipped to 0 to 1) and 5.
   */
  readonly state: Float32Array;
  /**
   * `[agent, actionCount]`, 1 for the discrete actions that a unit can take: stop always, moves while it lives, attacks on
   * living opponents in range. Neither sight nor cooldown matter (JaxMARL, `get_avail_actions`).
   */
  readonly available: Uint8Array;
}

export type Show = (copy: number) => Shown;

/** @param agents how many units of a copy, counted from the first ally, observe and act. */
export const createShow = (battle: Battle, agents: number): Show => {
  const { units, allies, rules } = battle;
  const engine = engineOf();
  const width = observationWidth(battle);
  const count = actionCount(battle, agents);
  const cone = rules.observation === 'conic' ? createObserveCone(battle, agents) : undefined;
  const shown: Shown = {
    observations: cone ? new Float32Array(agents * width) : engine.observations(agents * width),
    state: engine.state(stateWidth(units)),
    available: engine.available(agents * count),
  };
  const scaled = rules.compat === 'v2';
  return (copy) => {
    enter(engine, battle, copy);
    if (cone) cone(copy, shown.observations, 0);
    else engine.observe(units, allies, agents, rules.seeEnemyActions, scaled);
    engine.describeState(units, allies, rules.state === 'scaled');
    engine.describeAvailable(units, allies, agents, count);
    return shown;
  };
};
