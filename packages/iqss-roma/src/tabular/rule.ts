import type { EnvironmentSpec, IndependentLearner, State } from '@murmuration/core';
import { type ActionTable, actByTable } from './act';
import { type TimeLimit, type Transition, transitionsOf } from './transition';

/**
 * A table that learns from one transition at a time: all that an agent in a finite world needs. Its policy is kept up
 * to date by `learn`.
 */
export interface TabularRule extends ActionTable {
  /** @returns how far the value was from its target. */
  learn(transition: Transition): number;
  save(): State;
  restore(state: State): void;
}

/** An agent that learns by a table. Every transition is learned from once, when it happens. */
export const tabularLearner = (
  spec: EnvironmentSpec,
  agent: number,
  rule: TabularRule,
  timeLimit: TimeLimit,
): IndependentLearner<Transition> => {
  const metrics = { temporalDifference: 0 };
  return {
    agent,
    experience: transitionsOf(agent, timeLimit),
    act: actByTable(spec, agent, rule),
    update(transition) {
      metrics.temporalDifference = rule.learn(transition);
      return metrics;
    },
    save: () => rule.save(),
    restore: (state) => rule.restore(state),
    dispose() {},
  };
};
