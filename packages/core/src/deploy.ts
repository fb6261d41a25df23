import { createActions, createFrame, layoutOf, type Observed } from './frame';
import type { Policy } from './policy';
import { type Random, randomFrom } from './random';

/** An agent's action as products use it: the number of a discrete action, or the numbers of a continuous one. */
export type Action = number | Float32Array;

/** One team at work in one world: observations in, actions out. */
export interface Team {
  /**
   * @param observations for each agent what it sees: `widthOf(agent.observation)` numbers (a discrete one is its number).
   * @param available for each agent 1 for each action it can take now, 0 for the others; all where left out.
   * @returns for each agent its action.
   */
  act(
    observations: readonly (number | ArrayLike<number>)[],
    available?: readonly ArrayLike<number>[],
  ): Promise<Action[]>;
  /** Begin a new episode. */
  reset(): void;
  dispose(): void;
}

/** Put a policy to work in one world. @param random used only by policies that act at random. */
export const deploy = (policy: Policy, random: Random = randomFrom(0)): Team => {
  const { agents } = policy.spec;
  const { observationWidth, actionWidth, actionCount } = layoutOf(policy.spec);
  const frame: Observed = createFrame(policy.spec, 1);
  const actions = createActions(policy.spec, 1);
  const actor = policy.start(1, random);
  frame.started.fill(1);
  frame.active.fill(1);
  return {
    async act(observations, available) {
      frame.observations.fill(0);
      frame.availableActions.fill(available ? 0 : 1);
      for (let agent = 0; agent < agents.length; agent++) {
        const seen = observations[agent];
        if (typeof seen === 'number') frame.observations[agent * observationWidth] = seen;
        else frame.observations.set(seen, agent * observationWidth);
        if (available) frame.availableActions.set(available[agent], agent * actionCount);
      }
      await actor.act(frame, actions);
      frame.started.fill(0);
      return agents.map(({ action }, agent) => {
        const own = actions.slice(agent * actionWidth, (agent + 1) * actionWidth);
        return action.kind === 'discrete' ? own[0] : own;
      });
    },
    reset: () => {
      frame.started.fill(1);
    },
    dispose: () => actor.dispose(),
  };
};
