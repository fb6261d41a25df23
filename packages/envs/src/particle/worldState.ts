import type { Particles } from './particles';
import { writeColour, writeMessage, writePosition, writeVelocity } from './sight';
import type { Floats, Task } from './task';

/** `observations`: all agents' observations after each other; `compact`: what there is, each thing once. */
export type StateKind = 'observations' | 'compact';

const talks = ({ agents }: Task): boolean => agents.some((agent) => agent.talks);

export const stateWidthOf = (task: Task, kind: StateKind): number => {
  const { agents, landmarks, messageWidth, goals } = task;
  if (kind === 'observations') return agents.reduce((sum, { observationWidth }) => sum + observationWidth, 0);
  return (
    4 * agents.length + 2 * landmarks + (talks(task) ? agents.length * messageWidth : 0) + goals * landmarks
  );
};

/**
 * Put the observations of a copy, rows of `width` from `from` on, after each other without what fills up the rows:
 * PettingZoo's `state()`.
 */
export const joinObservations = (
  { agents }: Task,
  observations: Floats,
  from: number,
  width: number,
  into: Floats,
  at: number,
): void => {
  let end = at;
  for (let agent = 0; agent < agents.length; agent++) {
    const row = from + agent * width;
    const { observationWidth } = agents[agent];
    for (let entry = 0; entry < observationWidth; entry++) into[end++] = observations[row + entry];
  }
};

/**
 * Write the compact state of a copy: velocity and position of each agent, positions of landmarks, messages where anybody
 * talks, and goals one-hot.
 */
export const writeCompact = (particles: Particles, copy: number, into: Floats, at: number): void => {
  const { task, agents, entities, goals } = particles;
  let end = at;
  const first = copy * entities;
  for (let agent = 0; agent < agents; agent++) {
    end = writePosition(particles, first + agent, into, writeVelocity(particles, first + agent, into, end));
  }
  for (let entity = agents; entity < entities; entity++) {
    end = writePosition(particles, first + entity, into, end);
  }
  if (talks(task)) {
    for (let agent = 0; agent < agents; agent++) end = writeMessage(particles, copy, agent, into, end);
  }
  for (let goal = 0; goal < task.goals; goal++) {
    end = writeColour(task.landmarks, goals[copy * task.goals + goal], 1, 0, into, end);
  }
};
