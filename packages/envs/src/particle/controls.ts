import { type AgentSpec, box, discrete, EnvironmentError } from '@murmuration/core';
import type { Particles } from './particles';
import type { AgentBody, Task } from './task';

/** Numbers of a movement: nothing, left, right, down, up. */
const movements = 5;
const thrustsX = [0, -1, 1, 0, 0];
const thrustsY = [0, 0, 0, -1, 1];

export type ActionKind = 'discrete' | 'continuous';

const moveCount = ({ acceleration }: AgentBody): number => (acceleration > 0 ? movements : 0);

/**
 * What an agent chooses. Discrete: a movement (5), a message, or both in one number, `movement + 5 * message`.
 * Continuous, in [0, 1]: five numbers of a movement, then those of a message.
 */
export const actionSpaceOf = (task: Task, agent: AgentBody, kind: ActionKind): AgentSpec['action'] => {
  const words = agent.talks ? task.messageWidth : 0;
  const moves = moveCount(agent);
  if (kind === 'continuous') return box([moves + words], 0, 1);
  return discrete(Math.max(1, moves) * Math.max(1, words));
};

/** Turns the actions of one agent into forces (`forceX`, `forceY` by number of agent) and its message. */
export type Control = (
  copy: number,
  agent: number,
  actions: ArrayLike<number>,
  at: number,
  forceX: Float64Array,
  forceY: Float64Array,
) => void;

/** @throws EnvironmentError (when controlled) for a number that is no action. */
const createDiscrete = (particles: Particles): Control => {
  const { task, agents, messages } = particles;
  const width = task.messageWidth;
  const counts = task.agents.map((agent) => Math.max(1, moveCount(agent)) * (agent.talks ? width : 1));
  return (copy, agent, actions, at, forceX, forceY) => {
    const { id, acceleration, talks } = task.agents[agent];
    const action = actions[at];
    if (!Number.isInteger(action) || action < 0 || action >= counts[agent]) {
      const message = `mpe/${task.name}: the action of ${id} is ${action}; give 0 to ${counts[agent] - 1}`;
      throw new EnvironmentError('@murmuration/envs', message);
    }
    const moves = acceleration > 0;
    const movement = moves ? action % movements : 0;
    forceX[agent] = acceleration * thrustsX[movement];
    forceY[agent] = acceleration * thrustsY[movement];
    if (!talks) return;
    const from = (copy * agents + agent) * width;
    messages.fill(0, from, from + width);
    messages[from + (moves ? Math.floor(action / movements) : action)] = 1;
  };
};

/** @throws EnvironmentError (when controlled) for an action that is not finite. */
const createContinuous = (particles: Particles, clips: boolean): Control => {
  const { task, agents, messages } = particles;
  const width = task.messageWidth;
  const bounded = (value: number): number => (clips ? Math.max(0, Math.min(1, value)) : value);
  return (copy, agent, actions, at, forceX, forceY) => {
    const { id, acceleration, talks } = task.agents[agent];
    const moves = acceleration > 0;
    const count = (moves ? movements : 0) + (talks ? width : 0);
    for (let entry = at; entry < at + count; entry++) {
      if (Number.isFinite(actions[entry])) continue;
      const message = `mpe/${task.name}: an action of ${id} is ${actions[entry]}; give numbers from 0 to 1`;
      throw new EnvironmentError('@murmuration/envs', message);
    }
    forceX[agent] = moves ? acceleration * (bounded(actions[at + 2]) - bounded(actions[at + 1])) : 0;
    forceY[agent] = moves ? acceleration * (bounded(actions[at + 4]) - bounded(actions[at + 3])) : 0;
    if (!talks) return;
    const from = (copy * agents + agent) * width;
    const words = moves ? at + movements : at;
    for (let entry = 0; entry < width; entry++) messages[from + entry] = bounded(actions[words + entry]);
  };
};

/** @param clips whether continuous actions are brought into [0, 1] first: PettingZoo does it, JaxMARL does not. */
export const createControl = (particles: Particles, kind: ActionKind, clips: boolean): Control =>
  kind === 'discrete' ? createDiscrete(particles) : createContinuous(particles, clips);
