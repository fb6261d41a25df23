import {
  createSpectators,
  EnvironmentError,
  layoutOf,
  type Random,
  randomFrom,
  type State,
  stateTree,
  type VectorEnvironment,
} from '@murmuration/core';
import { holdContinuous, holdDiscrete, stop } from './actions';
import { type Battle, type Rules, restoreBattle, saveBattle } from './battle';
import { createMechanics, type Mechanics } from './mechanics';
import { writeMoment } from './moment';
import { sceneOf } from './scene';
import { specificationOf } from './specification';

/** Many copies of a scenario, stepping in one structure of arrays. */
export interface SmaxEnvironment extends VectorEnvironment {
  /** What every copy is in now: to look at, and to draw. */
  readonly battle: Battle;
  /**
   * What the scripted player would do in the place of each agent; a baseline. Discrete actions only.
   * @param random draws whom a unit follows that sees several opponents.
   * @param actions receives `[environment, agent, 1]`.
   */
  scriptedActions(random: Random, actions: Float32Array): void;
}

/** Let every agent of a copy hold its action; the dead hold still, whatever is said for them. */
const holdActions = (
  battle: Battle,
  copy: number,
  agents: number,
  actions: Float32Array,
  random: Random,
): void => {
  const { alive, rules, units } = battle;
  for (let agent = 0; agent < agents; agent++) {
    const index = copy * units + agent;
    const row = copy * agents + agent;
    if (alive[index] === 0) holdDiscrete(battle, index, stop);
    else if (rules.actions === 'discrete') holdDiscrete(battle, index, actions[row]);
    else holdContinuous(battle, index, actions, 4 * row, random);
  }
};

/** Let the scripted units of a copy, those after the agents, decide by what they see now, then hold. */
const holdScripted = ({ battle, decide }: Mechanics, copy: number, agents: number, random: Random): void => {
  const { units } = battle;
  for (let index = copy * units + agents; index < (copy + 1) * units; index++) {
    holdDiscrete(battle, index, decide(index, random));
  }
};

/** @throws EnvironmentError where `copies` is not a positive integer. */
export const createWorld = (rules: Rules, copies: number): SmaxEnvironment => {
  if (!Number.isInteger(copies) || copies < 1) {
    const message = `smax/${rules.scenario.name}: copies is ${copies}; give a positive integer`;
    throw new EnvironmentError('@murmuration/envs', message);
  }
  const agents = rules.scenario.allies.length + (rules.selfPlay ? rules.scenario.enemies.length : 0);
  const mechanics = createMechanics(rules, copies, agents);
  const { battle, start, advance, judge, decide } = mechanics;
  const { units, steps } = battle;
  const spec = specificationOf(battle);
  const layout = layoutOf(spec);
  const spectators = createSpectators(copies, (copy) => sceneOf(battle, copy));
  const streams = Array.from({ length: copies }, () => randomFrom(0));

  return {
    ...{ spec, copies, battle },
    reset(random, frame) {
      for (let copy = 0; copy < copies; copy++) {
        streams[copy] = random.split();
        start(copy, streams[copy]);
        const { observations, state, availableActions, active } = frame;
        writeMoment(mechanics, layout, copy, observations, state, availableActions, active);
        spectators.show(copy, true);
      }
      frame.started.fill(1);
      frame.rewards.fill(0);
      frame.terminated.fill(0);
      frame.truncated.fill(0);
    },
    step(actions, frame) {
      const { observations, state, availableActions, active, rewards } = frame;
      for (let copy = 0; copy < copies; copy++) {
        const random = streams[copy];
        // The enemy looks before anybody has moved, and both teams act at once.
        holdScripted(mechanics, copy, agents, random);
        holdActions(battle, copy, agents, actions, random);
        judge.before(copy);
        advance(copy, random);
        steps[copy]++;

        const row = copy * agents;
        const terminated = judge.defeated(copy, 0) || judge.defeated(copy, 1);
        const truncated = !terminated && steps[copy] >= rules.episodeLimit;
        rewards.fill(judge.reward(copy, 0), row, row + battle.allies);
        if (rules.selfPlay) rewards.fill(judge.reward(copy, 1), row + battle.allies, row + agents);
        frame.terminated[copy] = terminated ? 1 : 0;
        frame.truncated[copy] = truncated ? 1 : 0;
        frame.started[copy] = terminated || truncated ? 1 : 0;
        spectators.show(copy, false);
        if (terminated || truncated) {
          const { finalObservations, finalState, finalAvailableActions, finalActive } = frame;
          writeMoment(
            ...([mechanics, layout, copy, finalObservations, finalState] as const),
            ...([finalAvailableActions, finalActive] as const),
          );
          judge.metrics(copy, frame.metrics, copy * layout.metrics);
          start(copy, random);
          spectators.show(copy, true);
        }
        writeMoment(mechanics, layout, copy, observations, state, availableActions, active);
      }
    },
    scriptedActions(random, actions) {
      for (let copy = 0; copy < copies; copy++) {
        for (let agent = 0; agent < agents; agent++) {
          actions[copy * agents + agent] = decide(copy * units + agent, random);
        }
      }
    },
    save: (): State =>
      Object.fromEntries(
        streams.map((random, copy) => [
          `copy${copy}`,
          { battle: saveBattle(battle, copy), random: random.save() },
        ]),
      ),
    restore(state) {
      streams.forEach((random, copy) => {
        const own = stateTree(state, `copy${copy}`);
        restoreBattle(battle, copy, stateTree(own, 'battle'));
        random.restore(stateTree(own, 'random'));
      });
    },
    watch: spectators.watch,
  };
};
