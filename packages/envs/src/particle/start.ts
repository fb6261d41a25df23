import type { Random } from '@murmuration/core';
import type { Particles } from './particles';

/** Uniform in [-range, range). */
const scattered = (random: Random, range: number): number => range * (2 * random.uniform() - 1);

/**
 * Start an episode in a copy: everybody at rest and silent, at places that are drawn alike and apart, goals likewise.
 * Bodies may overlap at the start, as in PettingZoo and JaxMARL.
 */
export const start = (particles: Particles, copy: number, random: Random): void => {
  const { task, agents, entities, x, y, goals } = particles;
  const first = copy * entities;
  for (let goal = 0; goal < task.goals; goal++) {
    goals[copy * task.goals + goal] = random.integer(task.landmarks);
  }
  for (let entity = 0; entity < entities; entity++) {
    const range = entity < agents ? 1 : task.landmarkRange;
    x[first + entity] = scattered(random, range);
    y[first + entity] = scattered(random, range);
  }
  particles.velocityX.fill(0, first, first + entities);
  particles.velocityY.fill(0, first, first + entities);
  const words = agents * task.messageWidth;
  particles.messages.fill(0, copy * words, (copy + 1) * words);
  const counts = task.metrics.length;
  particles.tally.fill(0, copy * counts, (copy + 1) * counts);
  particles.steps[copy] = 0;
};
