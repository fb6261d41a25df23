import type { Particles } from './particles';

/** Distance between two entities by index. */
export const distance = ({ x, y }: Particles, one: number, other: number): number => {
  const deltaX = x[one] - x[other];
  const deltaY = y[one] - y[other];
  return Math.sqrt(deltaX * deltaX + deltaY * deltaY);
};

/** Whether the circles of two agents of a copy, by number, overlap. */
export const touch = (particles: Particles, copy: number, one: number, other: number): boolean => {
  const { agents } = particles.task;
  const first = copy * particles.entities;
  return distance(particles, first + one, first + other) < agents[one].radius + agents[other].radius;
};
