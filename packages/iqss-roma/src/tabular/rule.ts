import type { EnvironmentSpec, IndependentLearner, State } from '@murmuration/core';
import { layoutOf } from '@murmuration/core';
import { type TimeLimit, type Transition, transitionsOf } from './transition';

/** A table that learns from one transition at a time: all that an agent in a finite world needs. */
export interface TabularRule {
  /** `[state]` the greedy action, −1 where nothing is known. Kept up to date by `learn`. */
  readonly policy: Int32Array;
  /** What an action is worth, −∞ where nothing is known. */
  value(state: number, action: number): number;
  /** @returns how far the value was from its target. */
  learn(transition: Transition): number;
  save(): State;
  restore(state: State): void;
}

/** The best action that a mask allows. @param from where the agent's row of `available` begins. */
const bestAvailable = (
  rule: TabularRule,
  state: number,
  available: Uint8Array,
  from: number,
  actions: number,
): number => {
  let chosen = -1;
  let best = Number.NEGATIVE_INFINITY;
  for (let action = 0; action < actions; action++) {
    if (available[from + action] === 0) continue;
    const value = rule.value(state, action);
    if (chosen >= 0 && value <= best) continue;
    chosen = action;
    best = value;
  }
  return chosen;
};

/** An agent that learns by a table. Every transition is learned from once, when it happens. */
export const tabularLearner = (
  spec: EnvironmentSpec,
  agent: number,
  rule: TabularRule,
  timeLimit: TimeLimit,
): IndependentLearner<Transition> => {
  const { agents, observationWidth, actionWidth, actionCount } = layoutOf(spec);
  const { action: space } = spec.agents[agent];
  const actions = space.kind === 'discrete' ? space.size : 0;
  const metrics = { temporalDifference: 0 };
  return {
    agent,
    experience: transitionsOf(agent, timeLimit),
    act(frame, chosen) {
      for (let row = agent; row < frame.copies * agents; row += agents) {
        const state = frame.observations[row * observationWidth];
        const greedy = Math.max(0, rule.policy[state]);
        const available = frame.availableActions[row * actionCount + greedy] !== 0;
        chosen[row * actionWidth] = available
          ? greedy
          : bestAvailable(rule, state, frame.availableActions, row * actionCount, actions);
      }
    },
    update(transition) {
      metrics.temporalDifference = rule.learn(transition);
      return metrics;
    },
    save: () => rule.save(),
    restore: (state) => rule.restore(state),
    dispose() {},
  };
};
