import type { Particles } from './particles';
import type { Floats } from './task';

// Pieces of observations. Each writes from `at` on and returns where the next piece begins.

export const writeVelocity = (
  { velocityX, velocityY }: Particles,
  index: number,
  into: Floats,
  at: number,
): number => {
  into[at] = velocityX[index];
  into[at + 1] = velocityY[index];
  return at + 2;
};

export const writePosition = ({ x, y }: Particles, index: number, into: Floats, at: number): number => {
  into[at] = x[index];
  into[at + 1] = y[index];
  return at + 2;
};

/** Where entity `other` stands as seen from `own`, both by index. */
export const writeRelative = (
  { x, y }: Particles,
  own: number,
  other: number,
  into: Floats,
  at: number,
): number => {
  into[at] = x[other] - x[own];
  into[at + 1] = y[other] - y[own];
  return at + 2;
};

/** All landmarks from an agent's place, in their order. */
export const writeLandmarks = (
  particles: Particles,
  copy: number,
  agent: number,
  into: Floats,
  at: number,
): number => {
  const first = copy * particles.entities;
  let end = at;
  for (let entity = particles.agents; entity < particles.entities; entity++) {
    end = writeRelative(particles, first + agent, first + entity, into, end);
  }
  return end;
};

/** All other agents from an agent's place, in their order. */
export const writeOthers = (
  particles: Particles,
  copy: number,
  agent: number,
  into: Floats,
  at: number,
): number => {
  const first = copy * particles.entities;
  let end = at;
  for (let other = 0; other < particles.agents; other++) {
    if (other !== agent) end = writeRelative(particles, first + agent, first + other, into, end);
  }
  return end;
};

/** What an agent said in the last step. */
export const writeMessage = (
  { messages, agents, task }: Particles,
  copy: number,
  speaker: number,
  into: Floats,
  at: number,
): number => {
  const width = task.messageWidth;
  const from = (copy * agents + speaker) * width;
  for (let entry = 0; entry < width; entry++) into[at + entry] = messages[from + entry];
  return at + width;
};

/** A goal as a colour: one value at the landmark it names, another elsewhere. */
export const writeColour = (
  landmarks: number,
  goal: number,
  bright: number,
  dark: number,
  into: Floats,
  at: number,
): number => {
  for (let landmark = 0; landmark < landmarks; landmark++) {
    into[at + landmark] = landmark === goal ? bright : dark;
  }
  return at + landmarks;
};
