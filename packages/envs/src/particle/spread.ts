import { distance, touch } from './geometry';
import type { Particles } from './particles';
import { writeLandmarks, writeOthers, writePosition, writeVelocity } from './sight';
import type { Task } from './task';

const messageWidth = 2;
/** A landmark counts as occupied by an agent that is nearer than this. */
const occupied = 0.1;

const distanceToNearestAgent = (particles: Particles, copy: number, entity: number): number => {
  const first = copy * particles.entities;
  let nearest = Infinity;
  for (let agent = 0; agent < particles.agents; agent++) {
    nearest = Math.min(nearest, distance(particles, first + agent, first + entity));
  }
  return nearest;
};

const touchedBy = (particles: Particles, copy: number, agent: number): number => {
  let count = 0;
  for (let other = 0; other < particles.agents; other++) {
    if (other !== agent && touch(particles, copy, agent, other)) count++;
  }
  return count;
};

export interface SpreadOptions {
  readonly agents: number;
  readonly landmarks: number;
  readonly localRatio: number;
}

/**
 * `simple_spread`: a team covers all landmarks and keeps apart.
 *
 * Observation, `4 + 2 * landmarks + 4 * (agents - 1)` numbers: velocity, position, landmarks and other agents from the
 * own place, and others' messages, which are always 0.
 * Reward: `localRatio` times minus the number of agents that an agent touches, and `1 - localRatio` times minus the sum
 * over landmarks of the distance to the nearest agent.
 */
export const spread = ({ agents, landmarks, localRatio }: SpreadOptions): Task => ({
  name: 'spread',
  agents: Array.from({ length: agents }, (_, agent) => ({
    id: `agent-${agent}`,
    species: 'agent',
    radius: 0.15,
    acceleration: 5,
    maximumSpeed: Infinity,
    talks: false,
    observationWidth: 4 + 2 * landmarks + (2 + messageWidth) * (agents - 1),
  })),
  landmarks,
  landmarkRadius: 0.05,
  landmarkRange: 1,
  agentsCollide: true,
  landmarksCollide: false,
  messageWidth,
  goals: 0,
  sharedReward: localRatio === 0,
  metrics: ['collisions', 'occupiedLandmarks'],
  observe(particles, copy, agent, into, at) {
    const own = copy * particles.entities + agent;
    let end = writePosition(particles, own, into, writeVelocity(particles, own, into, at));
    end = writeOthers(particles, copy, agent, into, writeLandmarks(particles, copy, agent, into, end));
    into.fill(0, end, end + messageWidth * (agents - 1));
  },
  reward(particles, copy, into, at) {
    let team = 0;
    for (let landmark = 0; landmark < landmarks; landmark++) {
      team -= distanceToNearestAgent(particles, copy, agents + landmark);
    }
    for (let agent = 0; agent < agents; agent++) {
      const touched = touchedBy(particles, copy, agent);
      into[at + agent] = (1 - localRatio) * team - localRatio * touched;
      // Each pair is counted from both sides.
      particles.tally[2 * copy] += touched / 2;
    }
  },
  measure(particles, copy, into, at) {
    into[at] = particles.tally[2 * copy];
    into[at + 1] = 0;
    for (let landmark = 0; landmark < landmarks; landmark++) {
      if (distanceToNearestAgent(particles, copy, agents + landmark) < occupied) into[at + 1]++;
    }
  },
});
