import { touch } from './geometry';
import type { Particles } from './particles';
import { writeLandmarks, writeOthers, writePosition, writeVelocity } from './sight';
import type { AgentBody, Task } from './task';

export interface TagOptions {
  readonly adversaries: number;
  readonly prey: number;
  readonly landmarks: number;
  /** Obstacles start within ± this. */
  readonly obstacleRange: number;
}

/** What prey pays for a coordinate: nothing on the field, then more and more, at most 10. */
export const boundPenalty = (coordinate: number): number => {
  const far = Math.abs(coordinate);
  if (far < 0.9) return 0;
  return far < 1 ? 10 * (far - 0.9) : Math.min(Math.exp(2 * far - 2), 10);
};

const bodiesOf = ({ adversaries, prey, landmarks }: TagOptions): AgentBody[] => {
  const common = 4 + 2 * landmarks + 2 * (adversaries + prey - 1);
  const adversary = { species: 'adversary', radius: 0.075, acceleration: 3, maximumSpeed: 1, talks: false };
  const flees = { species: 'prey', radius: 0.05, acceleration: 4, maximumSpeed: 1.3, talks: false };
  return [
    ...Array.from({ length: adversaries }, (_, agent) => ({
      ...adversary,
      id: `adversary-${agent}`,
      observationWidth: common + 2 * prey,
    })),
    ...Array.from({ length: prey }, (_, agent) => ({
      ...flees,
      id: `prey-${agent}`,
      observationWidth: common + 2 * (prey - 1),
    })),
  ];
};

const touchesOf = (particles: Particles, copy: number, prey: number, adversaries: number): number => {
  let count = 0;
  for (let adversary = 0; adversary < adversaries; adversary++) {
    if (touch(particles, copy, adversary, prey)) count++;
  }
  return count;
};

/**
 * `simple_tag`: slower adversaries chase faster prey among obstacles.
 *
 * Observation of an adversary: velocity, position, obstacles and other agents from the own place, velocity of each prey; of
 * prey the same, with the velocities of the other prey.
 * Reward of each adversary: 10 for each touch between any adversary and any prey. Of prey: -10 for each adversary that
 * touches it, and minus {@link boundPenalty} of both coordinates.
 */
export const tag = (options: TagOptions): Task => {
  const { adversaries, prey, landmarks, obstacleRange } = options;
  const agents = adversaries + prey;
  return {
    name: 'tag',
    agents: bodiesOf(options),
    landmarks,
    landmarkRadius: 0.2,
    landmarkRange: obstacleRange,
    agentsCollide: true,
    landmarksCollide: true,
    messageWidth: 0,
    goals: 0,
    sharedReward: false,
    metrics: ['touches', 'adversaryReturn', 'preyReturn'],
    observe(particles, copy, agent, into, at) {
      const first = copy * particles.entities;
      let end = writeVelocity(particles, first + agent, into, at);
      end = writePosition(particles, first + agent, into, end);
      end = writeOthers(particles, copy, agent, into, writeLandmarks(particles, copy, agent, into, end));
      for (let other = adversaries; other < agents; other++) {
        if (other !== agent) end = writeVelocity(particles, first + other, into, end);
      }
    },
    reward(particles, copy, into, at) {
      const { x, y, tally } = particles;
      const first = copy * particles.entities;
      let touches = 0;
      for (let agent = adversaries; agent < agents; agent++) {
        const caught = touchesOf(particles, copy, agent, adversaries);
        touches += caught;
        const bounds = boundPenalty(x[first + agent]) + boundPenalty(y[first + agent]);
        into[at + agent] = -10 * caught - bounds;
        tally[3 * copy + 2] += (-10 * caught - bounds) / prey;
      }
      into.fill(10 * touches, at, at + adversaries);
      tally[3 * copy] += touches;
      tally[3 * copy + 1] += 10 * touches;
    },
    measure({ tally }, copy, into, at) {
      for (let metric = 0; metric < 3; metric++) into[at + metric] = tally[3 * copy + metric];
    },
  };
};
