import { distance } from './geometry';
import { writeLandmarks, writeOthers, writeRelative } from './sight';
import type { AgentBody, Task } from './task';

const bodyOf = (id: string, species: string, observationWidth: number): AgentBody => ({
  ...{ id, species, observationWidth },
  radius: 0.15,
  acceleration: 5,
  maximumSpeed: Infinity,
  talks: false,
});

/**
 * `simple_adversary`: a team knows which of its landmarks is the goal; an adversary must guess it from what they do.
 * There are as many landmarks as agents in the team.
 *
 * Observation of the adversary: landmarks and other agents from its place. Of the others: the goal before these.
 * Reward, with D the distance to the goal: of the adversary -D; of the others D of the adversary minus the least of theirs.
 */
export const adversary = ({ agents: good }: { readonly agents: number }): Task => {
  const landmarks = good;
  const agents = good + 1;
  const width = 2 * landmarks + 2 * good;
  return {
    name: 'adversary',
    agents: [
      bodyOf('adversary', 'adversary', width),
      ...Array.from({ length: good }, (_, agent) => bodyOf(`agent-${agent}`, 'agent', width + 2)),
    ],
    landmarks,
    landmarkRadius: 0.08,
    landmarkRange: 1,
    agentsCollide: false,
    landmarksCollide: false,
    messageWidth: 0,
    goals: 1,
    sharedReward: false,
    metrics: ['adversaryReturn', 'teamReturn'],
    observe(particles, copy, agent, into, at) {
      const first = copy * particles.entities;
      const goal = first + agents + particles.goals[copy];
      let end = at;
      if (agent > 0) end = writeRelative(particles, first + agent, goal, into, end);
      writeOthers(particles, copy, agent, into, writeLandmarks(particles, copy, agent, into, end));
    },
    reward(particles, copy, into, at) {
      const first = copy * particles.entities;
      const goal = first + agents + particles.goals[copy];
      const far = distance(particles, first, goal);
      let nearest = Infinity;
      for (let agent = 1; agent < agents; agent++) {
        nearest = Math.min(nearest, distance(particles, first + agent, goal));
      }
      into[at] = -far;
      into.fill(far - nearest, at + 1, at + agents);
      particles.tally[2 * copy] -= far;
      particles.tally[2 * copy + 1] += far - nearest;
    },
    measure({ tally }, copy, into, at) {
      into[at] = tally[2 * copy];
      into[at + 1] = tally[2 * copy + 1];
    },
  };
};
