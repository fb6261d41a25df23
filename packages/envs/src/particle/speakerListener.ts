import { distance } from './geometry';
import type { Particles } from './particles';
import { writeColour, writeLandmarks, writeMessage, writeVelocity } from './sight';
import type { Task } from './task';

const landmarks = 3;
const messageWidth = 3;
const listener = 1;

const distanceToGoal = (particles: Particles, copy: number): number => {
  const first = copy * particles.entities;
  return distance(particles, first + listener, first + 2 + particles.goals[copy]);
};

/**
 * `simple_speaker_listener`: one agent knows the landmark and can only talk, the other can only move and hear.
 *
 * Observation of the speaker, 3 numbers: 0.65 at the landmark, 0.15 elsewhere. Of the listener, 11: velocity, landmarks
 * from its place, the speaker's message.
 * Reward of both: minus the squared distance of the listener to the landmark.
 */
export const speakerListener = (): Task => ({
  name: 'speaker-listener',
  agents: [
    {
      id: 'speaker',
      species: 'speaker',
      radius: 0.075,
      acceleration: 0,
      maximumSpeed: Infinity,
      talks: true,
      observationWidth: landmarks,
    },
    {
      id: 'listener',
      species: 'listener',
      radius: 0.075,
      acceleration: 5,
      maximumSpeed: Infinity,
      talks: false,
      observationWidth: 2 + 2 * landmarks + messageWidth,
    },
  ],
  landmarks,
  landmarkRadius: 0.04,
  landmarkRange: 1,
  agentsCollide: false,
  landmarksCollide: false,
  messageWidth,
  goals: 1,
  sharedReward: true,
  metrics: ['distanceToGoal'],
  observe(particles, copy, agent, into, at) {
    if (agent !== listener) {
      writeColour(landmarks, particles.goals[copy], 0.65, 0.15, into, at);
      return;
    }
    const end = writeVelocity(particles, copy * particles.entities + agent, into, at);
    writeMessage(particles, copy, 0, into, writeLandmarks(particles, copy, agent, into, end));
  },
  reward(particles, copy, into, at) {
    into.fill(-(distanceToGoal(particles, copy) ** 2), at, at + 2);
  },
  measure(particles, copy, into, at) {
    into[at] = distanceToGoal(particles, copy);
  },
});
