import type { Particles } from './particles';

/** Seconds of a step. */
export const stepTime = 0.1;
/** Share of its velocity that a body loses in a step. */
const damping = 0.25;
const contactForce = 100;
const contactMargin = 1e-3;
/** Gap from which a contact's force is below 1e-18: it is left out. */
const farthestContact = 0.04;

/** log(1 + exp(value)) without overflow. */
const softPlus = (value: number): number =>
  value > 0 ? value + Math.log1p(Math.exp(-value)) : Math.log1p(Math.exp(value));

/** Lets one copy live through a step. */
export type Advance = (copy: number, thrustX: Float64Array, thrustY: Float64Array) => void;

/**
 * The physics of PettingZoo 1.25 (`World.step`) and JaxMARL (`_world_step`): contacts push at the old places; then
 * bodies move by their old velocity, and only then is the velocity damped, pushed and capped.
 *
 * The advance takes `[agent]` forces of the agents' own, in units of mass times acceleration, and overwrites them.
 * Ours: bodies at the same point do not push each other, where the originals divide by 0.
 */
export const createAdvance = (particles: Particles): Advance => {
  const { task, agents, entities, x, y, velocityX, velocityY } = particles;
  const radii = Float64Array.from({ length: entities }, (_, entity) =>
    entity < agents ? task.agents[entity].radius : task.landmarkRadius,
  );
  const moves = task.agents.map(({ acceleration }) => acceleration > 0);
  const speeds = Float64Array.from(task.agents, ({ maximumSpeed }) => maximumSpeed);
  const last = task.landmarksCollide ? entities : agents;

  const push = (first: number, forceX: Float64Array, forceY: Float64Array): void => {
    for (let one = 0; one < agents; one++) {
      for (let other = one + 1; other < last; other++) {
        const deltaX = x[first + one] - x[first + other];
        const deltaY = y[first + one] - y[first + other];
        const reach = radii[one] + radii[other];
        const square = deltaX * deltaX + deltaY * deltaY;
        if (square > (reach + farthestContact) ** 2 || square === 0) continue;
        const distance = Math.sqrt(square);
        const penetration = contactMargin * softPlus((reach - distance) / contactMargin);
        const force = (contactForce * penetration) / distance;
        forceX[one] += force * deltaX;
        forceY[one] += force * deltaY;
        if (other >= agents) continue;
        forceX[other] -= force * deltaX;
        forceY[other] -= force * deltaY;
      }
    }
  };

  return (copy, forceX, forceY) => {
    const first = copy * entities;
    if (task.agentsCollide) push(first, forceX, forceY);
    for (let agent = 0; agent < agents; agent++) {
      if (!moves[agent]) continue;
      const index = first + agent;
      x[index] += velocityX[index] * stepTime;
      y[index] += velocityY[index] * stepTime;
      const nextX = velocityX[index] * (1 - damping) + forceX[agent] * stepTime;
      const nextY = velocityY[index] * (1 - damping) + forceY[agent] * stepTime;
      const speed = Math.sqrt(nextX * nextX + nextY * nextY);
      const share = speed > speeds[agent] ? speeds[agent] / speed : 1;
      velocityX[index] = nextX * share;
      velocityY[index] = nextY * share;
    }
  };
};
