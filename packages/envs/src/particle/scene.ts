import type { Colour, Extent, Scene, Shape } from '@murmuration/core';
import { colourOfAgent, corners, inWords } from '../scene/elements';
import type { Particles } from './particles';

/** Agents of one species have colours of their own; rivals those of their side. */
const colourOf = ({ task }: Particles, agent: number): Colour => {
  const { species } = task.agents[agent];
  if (task.agents.every((each) => each.species === species)) return colourOfAgent(agent);
  return species === 'adversary' ? 'orange' : 'blue';
};

/** All that is there, and at least the square in which everything starts. */
const extentOf = ({ x, y, entities }: Particles, first: number): Extent => {
  const margin = 0.3;
  let [left, bottom, right, top] = [-1.2, -1.2, 1.2, 1.2];
  for (let index = first; index < first + entities; index++) {
    left = Math.min(left, x[index] - margin);
    right = Math.max(right, x[index] + margin);
    bottom = Math.min(bottom, y[index] - margin);
    top = Math.max(top, y[index] + margin);
  }
  return { left, bottom, right, top };
};

/** A ring around each goal: in the colour of who must reach it where each agent has its own. */
const goalRings = (particles: Particles, copy: number): Shape[] => {
  const { task, agents, entities, x, y, goals } = particles;
  return Array.from({ length: task.goals }, (_, goal): Shape => {
    const index = copy * entities + agents + goals[copy * task.goals + goal];
    const stroke = task.goals > 1 ? colourOf(particles, goal) : 'green';
    // Two agents may have the same goal.
    const radius = task.landmarkRadius + 0.04 * (goal + 1);
    return { kind: 'circle', x: x[index], y: y[index], radius, stroke, strokeWidth: 0.02 };
  });
};

/** The letter that an agent says: what it puts most weight on, if on anything. */
const wordOf = ({ task, agents, messages }: Particles, copy: number, agent: number): string => {
  const from = (copy * agents + agent) * task.messageWidth;
  const words = messages.subarray(from, from + task.messageWidth);
  const loudest = words.indexOf(Math.max(...words));
  return words[loudest] > 0 ? String.fromCharCode(65 + loudest) : '';
};

const bodyOf = (particles: Particles, copy: number, agent: number): Shape[] => {
  const { task, entities, x, y, velocityX, velocityY } = particles;
  const index = copy * entities + agent;
  const { radius, talks } = task.agents[agent];
  const stroke = colourOf(particles, agent);
  const [toX, toY] = [x[index] + 0.3 * velocityX[index], y[index] + 0.3 * velocityY[index]];
  const word = talks ? wordOf(particles, copy, agent) : '';
  return [
    { kind: 'line', points: [x[index], y[index], toX, toY], stroke, width: 0.02 },
    { kind: 'circle', x: x[index], y: y[index], radius, fill: stroke, opacity: 0.8 },
    ...(word
      ? [{ kind: 'text', x: x[index], y: y[index] + 0.15, text: word, size: 0.14, colour: 'text' } as const]
      : []),
  ];
};

/**
 * What a particle world looks like: agents as discs of their size with a line to where they would be in 0.3 s and the letter
 * of what they say; landmarks grey, with a ring where one is a goal.
 */
export const sceneOf = (particles: Particles, copy: number): Scene => {
  const { task, agents, entities, x, y, steps } = particles;
  const first = copy * entities;
  const extent = extentOf(particles, first);
  const landmarks = Array.from({ length: task.landmarks }, (_, landmark): Shape => {
    const index = first + agents + landmark;
    return { kind: 'circle', x: x[index], y: y[index], radius: task.landmarkRadius, fill: 'grey' };
  });
  const metrics = new Float64Array(task.metrics.length);
  task.measure(particles, copy, metrics, 0);
  const told = task.metrics.map((name, index) => `${inWords(name)} ${Number(metrics[index].toFixed(2))}`);
  return {
    extent,
    focus: extent,
    shapes: [
      { kind: 'polygon', points: corners(-1, -1, 1, 1), fill: 'panel', stroke: 'line', strokeWidth: 0.01 },
      ...landmarks,
      ...goalRings(particles, copy),
      ...Array.from({ length: agents }, (_, agent) => bodyOf(particles, copy, agent)).flat(),
    ],
    caption: `step ${steps[copy]}: ${told.join(', ')}`,
  };
};
