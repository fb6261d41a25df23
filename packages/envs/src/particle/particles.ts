import { type State, stateArray, stateNumber } from '@murmuration/core';
import type { Task } from './task';

/**
 * All copies of a particle world in one structure of arrays. Entities are agents before landmarks; an entity's place in
 * its copy is its number, and `copy * entities + number` its index. Lengths in units of the plane, times in seconds.
 */
export interface Particles {
  readonly task: Task;
  readonly copies: number;
  readonly agents: number;
  readonly entities: number;
  /** `[copy]`, steps since the start. */
  readonly steps: Int32Array;
  /** `[copy, entity]` */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** `[copy, entity]`; landmarks stay at 0. */
  readonly velocityX: Float64Array;
  readonly velocityY: Float64Array;
  /** `[copy, agent, messageWidth]`, what each agent said in the last step. */
  readonly messages: Float64Array;
  /** `[copy, goal]`, numbers of landmarks. */
  readonly goals: Int32Array;
  /** `[copy, metric]`, what the task counts over an episode. */
  readonly tally: Float64Array;
}

/** Everything at 0: no copy has started. */
export const createParticles = (task: Task, copies: number): Particles => {
  const agents = task.agents.length;
  const entities = agents + task.landmarks;
  const floats = (width: number): Float64Array => new Float64Array(copies * width);
  return {
    ...{ task, copies, agents, entities, steps: new Int32Array(copies) },
    ...{ x: floats(entities), y: floats(entities) },
    ...{ velocityX: floats(entities), velocityY: floats(entities) },
    messages: floats(agents * task.messageWidth),
    goals: new Int32Array(copies * task.goals),
    tally: floats(task.metrics.length),
  };
};

const arrays = ['x', 'y', 'velocityX', 'velocityY', 'messages', 'tally'] as const;

/** Everything that the next steps of one copy depend on. */
export const saveParticles = (particles: Particles, copy: number): State => {
  const row = <T extends Float64Array | Int32Array>(array: T): T => {
    const width = array.length / particles.copies;
    return array.slice(copy * width, (copy + 1) * width) as T;
  };
  return {
    step: particles.steps[copy],
    goals: row(particles.goals),
    ...Object.fromEntries(arrays.map((name) => [name, row(particles[name])])),
  };
};

/** @throws CheckpointError where an array is missing or has another length. */
export const restoreParticles = (particles: Particles, copy: number, state: State): void => {
  particles.steps[copy] = stateNumber(state, 'step');
  const { goals } = particles.task;
  particles.goals.set(stateArray(state, 'goals', Int32Array, goals), copy * goals);
  for (const name of arrays) {
    const width = particles[name].length / particles.copies;
    particles[name].set(stateArray(state, name, Float64Array, width), copy * width);
  }
};
