import type { Particles } from './particles';

/** Where numbers are written: a frame's, or in double precision for whoever looks closely. */
export type Floats = Float32Array | Float64Array;

/** What an agent is; its mass is 1. */
export interface AgentBody {
  readonly id: string;
  readonly species: string;
  readonly radius: number;
  /** Units per second squared under full thrust; 0 for an agent that cannot move. */
  readonly acceleration: number;
  /** Units per second; Infinity where nothing caps it. */
  readonly maximumSpeed: number;
  readonly talks: boolean;
  readonly observationWidth: number;
}

/** What tells one particle world from another. */
export interface Task {
  /** The variant in `mpe/variant`. */
  readonly name: string;
  readonly agents: readonly AgentBody[];
  /** How many landmarks there are. */
  readonly landmarks: number;
  readonly landmarkRadius: number;
  /** Landmarks start within ± this along both axes. */
  readonly landmarkRange: number;
  /** Whether agents push each other. */
  readonly agentsCollide: boolean;
  /** Whether landmarks push agents. */
  readonly landmarksCollide: boolean;
  /** Numbers in a message. */
  readonly messageWidth: number;
  /** How many goals are drawn at the start, each one of the landmarks. */
  readonly goals: number;
  readonly sharedReward: boolean;
  readonly metrics: readonly string[];
  /** Write what an agent sees, `observationWidth` numbers from `at` on. */
  observe(particles: Particles, copy: number, agent: number, into: Floats, at: number): void;
  /** Write the reward of each agent from `at` on, and count in `tally` what the metrics need. */
  reward(particles: Particles, copy: number, into: Floats, at: number): void;
  /** Write the metrics at the end of an episode from `at` on. */
  measure(particles: Particles, copy: number, into: Floats, at: number): void;
}
