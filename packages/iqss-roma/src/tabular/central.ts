import {
  type EnvironmentSpec,
  type Learner,
  layoutOf,
  type Observed,
  type Random,
  randomActionOf,
  stateTree,
} from '@murmuration/core';
import type { TabularRule } from './rule';
import { emptyTransition, readTransition, type TimeLimit, type Transition } from './transition';

export interface CentralOptions {
  /** Probability of a random joint action. */
  readonly epsilon: number;
  readonly timeLimit: TimeLimit;
}

/** How many joint actions a team has. */
export const jointActionsOf = (spec: EnvironmentSpec): number =>
  spec.agents.reduce((product, { action }) => product * (action.kind === 'discrete' ? action.size : 1), 1);

/**
 * One learner who decides for all agents by a table over joint actions: what a team could reach if it were one. It
 * sees what the first agent sees.
 * @param rule its actions number the joint actions, the first agent's own action counting most.
 */
export const centralLearner = (
  spec: EnvironmentSpec,
  rule: TabularRule,
  { epsilon, timeLimit }: CentralOptions,
  exploration: Random,
): Learner<Transition> => {
  const { agents, observationWidth, actionWidth, actionCount } = layoutOf(spec);
  const sizes = spec.agents.map(({ action }) => (action.kind === 'discrete' ? action.size : 1));
  const randomAction = randomActionOf(spec);
  const transition = emptyTransition();
  const metrics = { temporalDifference: 0 };
  let after: Parameters<Learner['experience']['observe']> | undefined;
  let taken = 0;

  const jointOf = (actions: Float32Array, copy: number): number => {
    let joint = 0;
    for (let agent = 0; agent < agents; agent++)
      joint = joint * sizes[agent] + actions[(copy * agents + agent) * actionWidth];
    return joint;
  };

  const write = (joint: number, copy: number, actions: Float32Array): void => {
    let rest = joint;
    for (let agent = agents - 1; agent >= 0; agent--) {
      actions[(copy * agents + agent) * actionWidth] = rest % sizes[agent];
      rest = Math.floor(rest / sizes[agent]);
    }
  };

  const available = (frame: Observed, copy: number, joint: number): boolean => {
    let rest = joint;
    for (let agent = agents - 1; agent >= 0; agent--) {
      if (frame.availableActions[(copy * agents + agent) * actionCount + (rest % sizes[agent])] === 0)
        return false;
      rest = Math.floor(rest / sizes[agent]);
    }
    return true;
  };

  const greedy = (frame: Observed, copy: number): number => {
    const state = frame.observations[copy * agents * observationWidth];
    const known = Math.max(0, rule.policy[state]);
    if (available(frame, copy, known)) return known;
    const joints = sizes.reduce((product, size) => product * size, 1);
    let chosen = -1;
    for (let joint = 0; joint < joints; joint++) {
      if (!available(frame, copy, joint)) continue;
      if (chosen < 0 || rule.value(state, joint) > rule.value(state, chosen)) chosen = joint;
    }
    return Math.max(0, chosen);
  };

  return {
    policy: {
      spec,
      start: (copies) => ({
        act(frame, actions) {
          for (let copy = 0; copy < copies; copy++) write(greedy(frame, copy), copy, actions);
        },
        dispose() {},
      }),
    },
    experience: {
      observe(...step) {
        after = step;
        taken = 0;
      },
      take() {
        if (!after || taken >= after[0].copies) {
          after = undefined;
          return undefined;
        }
        const [before, actions, next] = after;
        readTransition(transition, { before, actions, after: next }, taken, 0, timeLimit);
        transition.action = jointOf(actions, taken++);
        return transition;
      },
    },
    act(frame, actions) {
      for (let copy = 0; copy < frame.copies; copy++) {
        if (exploration.uniform() >= epsilon) write(greedy(frame, copy), copy, actions);
        else
          for (let agent = 0; agent < agents; agent++)
            randomAction(agent, copy * agents + agent, frame.availableActions, exploration, actions);
      }
    },
    update(batch) {
      metrics.temporalDifference = rule.learn(batch);
      return metrics;
    },
    save: () => ({ rule: rule.save(), exploration: exploration.save() }),
    restore(state) {
      rule.restore(stateTree(state, 'rule'));
      exploration.restore(stateTree(state, 'exploration'));
    },
    dispose() {},
  };
};
