import { type EnvironmentSpec, type Experience, ended, type Frame } from '@murmuration/core';

/** One step as one agent saw it, in a finite world. The object is used again: copy what is kept. */
export interface Transition {
  /** The observation that was decided upon, s. */
  state: number;
  action: number;
  /** The global state that was reached, s′. */
  successor: number;
  reward: number;
  /** The observation that the next decision is made upon; means nothing where `ended`. */
  next: number;
  /** Whether nothing follows `successor`. */
  ended: boolean;
}

/** How the end of an episode by a time limit is learned from: as if the world went on, or as its end. */
export type TimeLimit = 'bootstrap' | 'terminal';

/** The transition of one copy between two frames. @param into written. */
export const readTransition = (
  into: Transition,
  { before, actions, after }: { before: Frame; actions: Float32Array; after: Frame },
  copy: number,
  agent: number,
  timeLimit: TimeLimit,
): void => {
  const agents = before.active.length / before.copies;
  const row = copy * agents + agent;
  const width = before.observations.length / (before.copies * agents);
  const over = ended(after, copy);
  into.state = before.observations[row * width];
  into.action = actions[(row * actions.length) / (before.copies * agents)];
  into.reward = after.rewards[row];
  into.successor = over ? after.finalState[copy] : after.state[copy];
  into.next = over ? after.finalObservations[row * width] : after.observations[row * width];
  into.ended = over && (after.terminated[copy] === 1 || timeLimit === 'terminal');
};

export const emptyTransition = (): Transition => ({
  state: 0,
  action: 0,
  successor: 0,
  reward: 0,
  next: 0,
  ended: false,
});

/** Every step of every copy, given on one at a time, to be learned from at once and forgotten. */
export const transitionsOf = (agent: number, timeLimit: TimeLimit): Experience<Transition> => {
  const seen: Transition[] = [];
  let count = 0;
  let taken = 0;
  return {
    observe(before, actions, after) {
      const step = { before, actions, after };
      count = before.copies;
      taken = 0;
      while (seen.length < count) seen.push(emptyTransition());
      for (let copy = 0; copy < count; copy++) readTransition(seen[copy], step, copy, agent, timeLimit);
    },
    take: () => (taken < count ? seen[taken++] : undefined),
  };
};

/** How many of each a finite world has, for one agent. */
export interface Sizes {
  readonly states: number;
  readonly actions: number;
}

/** Sizes of one agent's tables: its observations and its own actions. */
export const sizesOf = (spec: EnvironmentSpec, agent: number): Sizes => {
  const { observation, action } = spec.agents[agent];
  return {
    states: observation.kind === 'discrete' ? observation.size : 0,
    actions: action.kind === 'discrete' ? action.size : 0,
  };
};
