import type { Particles } from '../../src/particle/particles';

/** Chooses the discrete actions of a copy's scripted agents, the first of which stands at `at`. */
export type Script = (particles: Particles, copy: number, actions: Float32Array, at: number) => void;

type Place = readonly [x: number, y: number];

/** The sum of 1, 0.75, 0.75², … times the step's 0.1 s: how far a velocity carries if nothing else pushes. */
const rollOut = 0.4;

/** The movement along the axis on which an agent would come to rest farther from a place. */
const towards = ({ velocityX, velocityY, x, y }: Particles, index: number, [toX, toY]: Place): number => {
  const leftX = toX - x[index] - rollOut * velocityX[index];
  const leftY = toY - y[index] - rollOut * velocityY[index];
  if (Math.abs(leftX) > Math.abs(leftY)) return leftX < 0 ? 1 : 2;
  return leftY < 0 ? 3 : 4;
};

const placeOf = ({ x, y, entities }: Particles, copy: number, entity: number): Place => [
  x[copy * entities + entity],
  y[copy * entities + entity],
];

const permutations = (items: readonly number[]): number[][] =>
  items.length < 2
    ? [[...items]]
    : items.flatMap((item) =>
        permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
      );

const orders = permutations([0, 1, 2]);

/** Spread: everybody to a landmark of its own, such that the way of all is shortest. */
export const cover: Script = (particles, copy, actions, at) => {
  const wayOf = (order: readonly number[]): number =>
    order.reduce((sum, landmark, agent) => {
      const [x, y] = placeOf(particles, copy, agent);
      const [toX, toY] = placeOf(particles, copy, 3 + landmark);
      return sum + Math.hypot(x - toX, y - toY);
    }, 0);
  const ways = orders.map(wayOf);
  const shortest = orders[ways.indexOf(Math.min(...ways))];
  shortest.forEach((landmark, agent) => {
    const target = placeOf(particles, copy, 3 + landmark);
    actions[at + agent] = towards(particles, copy * particles.entities + agent, target);
  });
};

/** Some agents each to an entity. @param targetOf the entity that an agent goes to, by number; -1 leaves it alone. */
export const seek =
  (targetOf: (particles: Particles, copy: number, agent: number) => number): Script =>
  (particles, copy, actions, at) => {
    for (let agent = 0; agent < particles.agents; agent++) {
      const target = targetOf(particles, copy, agent);
      if (target < 0) continue;
      const index = copy * particles.entities + agent;
      actions[at + agent] = towards(particles, index, placeOf(particles, copy, target));
    }
  };
