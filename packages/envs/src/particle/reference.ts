import { distance } from './geometry';
import type { Particles } from './particles';
import { writeColour, writeLandmarks, writeMessage, writeVelocity } from './sight';
import type { Task } from './task';

const landmarks = 3;
const messageWidth = 10;
const agents = 2;

/** How far an agent is from the landmark that it must reach. */
const distanceToGoal = (particles: Particles, copy: number, agent: number): number => {
  const first = copy * particles.entities;
  return distance(particles, first + agent, first + agents + particles.goals[copy * agents + agent]);
};

/**
 * `simple_reference`: each of two agents must reach a landmark that only the other one knows, so they tell each other.
 *
 * Observation, 21 numbers: velocity, landmarks from the own place, colour of the partner's landmark (0.75 there, 0.25
 * elsewhere), the partner's message. Nobody sees where the partner is.
 * Reward: minus the distance of the partner to its landmark, mixed by `localRatio` with the mean of both.
 */
export const reference = ({ localRatio }: { readonly localRatio: number }): Task => ({
  name: 'reference',
  agents: Array.from({ length: agents }, (_, agent) => ({
    id: `agent-${agent}`,
    species: 'agent',
    radius: 0.05,
    acceleration: 5,
    maximumSpeed: Infinity,
    talks: true,
    observationWidth: 2 + 2 * landmarks + landmarks + messageWidth,
  })),
  landmarks,
  landmarkRadius: 0.05,
  landmarkRange: 1,
  agentsCollide: false,
  landmarksCollide: false,
  messageWidth,
  goals: agents,
  sharedReward: localRatio === 0,
  metrics: ['distanceToGoal'],
  observe(particles, copy, agent, into, at) {
    const partner = 1 - agent;
    let end = writeVelocity(particles, copy * particles.entities + agent, into, at);
    end = writeLandmarks(particles, copy, agent, into, end);
    end = writeColour(landmarks, particles.goals[copy * agents + partner], 0.75, 0.25, into, end);
    writeMessage(particles, copy, partner, into, end);
  },
  reward(particles, copy, into, at) {
    const first = distanceToGoal(particles, copy, 0);
    const second = distanceToGoal(particles, copy, 1);
    const team = ((1 - localRatio) * (first + second)) / 2;
    into[at] = -localRatio * second - team;
    into[at + 1] = -localRatio * first - team;
  },
  measure(particles, copy, into, at) {
    into[at] = (distanceToGoal(particles, copy, 0) + distanceToGoal(particles, copy, 1)) / 2;
  },
});
