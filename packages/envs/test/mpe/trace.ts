import type { ParticleInput } from '../../src/particle/mpe';
import { type Particles, restoreParticles } from '../../src/particle/particles';
import { type Rules, rulesOf } from '../../src/particle/rules';

export type Vectors = readonly (readonly number[])[];

/** Constants of the original's engine, `[agent]` or `[entity]`. */
export interface Parameters {
  readonly num_agents: number;
  readonly num_landmarks: number;
  readonly local_ratio: number | null;
  readonly rad: readonly number[];
  readonly accel: readonly number[];
  readonly max_speed: readonly number[];
  readonly obs_size: readonly number[];
  /** Number of actions, or in a list how many numbers. */
  readonly act: readonly (number | readonly number[])[];
}

interface Seen {
  readonly p_pos: Vectors;
  readonly p_vel: Vectors;
  /** Messages, null where all are zeros or nobody looked. */
  readonly c?: Vectors | null;
  readonly obs: Vectors;
}

export interface TraceStep extends Seen {
  readonly a: readonly (number | readonly number[])[];
  readonly rew: readonly number[];
  readonly done?: boolean;
  readonly trunc?: boolean;
}

/** A recording of PettingZoo or of JaxMARL. */
export interface Trace {
  readonly format: 'mpe-trace-1';
  readonly task: string;
  readonly variant: 'discrete' | 'continuous';
  readonly source: string;
  readonly agents: readonly string[];
  readonly params: Parameters;
  readonly goal: number | readonly number[] | null;
  readonly landmark_pos: Vectors;
  readonly init: Seen;
  readonly steps: readonly TraceStep[];
}

/** Where the world came to, null where the original has NaN. */
export interface Landing {
  readonly p_pos: readonly (readonly (number | null)[])[];
  readonly p_vel: readonly (readonly (number | null)[])[];
  readonly obs?: readonly (readonly (number | null)[])[];
  readonly obs_len?: readonly number[];
  readonly rew: readonly (number | null)[];
}

/** A single step in both originals. */
export interface EdgeCase {
  readonly task: string;
  readonly kind: string;
  readonly agents: readonly string[];
  readonly params: number;
  readonly goal: number | readonly number[] | null;
  /** Agents, then landmarks. */
  readonly p_pos: Vectors;
  readonly p_vel: Vectors;
  readonly a: readonly (number | readonly number[])[];
  readonly jax: Landing;
  readonly pz: Landing;
}

export interface Edges {
  readonly format: 'mpe-edge-1';
  readonly paramSets: readonly Parameters[];
  readonly cases: readonly EdgeCase[];
}

const taskOptions = (task: string, agents: readonly string[], parameters: Parameters): object => {
  const { num_agents, num_landmarks, local_ratio } = parameters;
  const adversaries = agents.filter((name) => name.startsWith('adversary')).length;
  if (task === 'spread') return { agents: num_agents, landmarks: num_landmarks, localRatio: local_ratio };
  if (task === 'tag') return { adversaries, prey: num_agents - adversaries, landmarks: num_landmarks };
  if (task === 'adversary') return { agents: num_agents - adversaries };
  return task === 'reference' ? { localRatio: local_ratio } : {};
};

/** The world that a recording was made in. */
export const rulesFor = (
  task: string,
  agents: readonly string[],
  parameters: Parameters,
  options: Pick<ParticleInput, 'rules' | 'actions'>,
): Rules => {
  const name = task.replace('simple_', '').replace('_', '-');
  return rulesOf(name, { ...options, ...taskOptions(name, agents, parameters) });
};

const axis = (vectors: Vectors, which: 0 | 1): number[] => vectors.map((vector) => vector[which]);

/** Put the one copy where a recording was; all but the positions of the agents may stand in single precision. */
export const place = (
  particles: Particles,
  at: {
    positions: Vectors;
    velocities: Vectors;
    messages?: Vectors | null;
    goal: Trace['goal'];
    step: number;
  },
): void => {
  const { entities, agents, task } = particles;
  const still = new Array<number>(entities - agents).fill(0);
  const words = agents * task.messageWidth;
  restoreParticles(particles, 0, {
    step: at.step,
    x: Float64Array.from(axis(at.positions, 0)),
    y: Float64Array.from(axis(at.positions, 1)),
    velocityX: Float64Array.from([...axis(at.velocities, 0), ...still]),
    velocityY: Float64Array.from([...axis(at.velocities, 1), ...still]),
    messages: at.messages ? Float64Array.from(at.messages.flat()) : new Float64Array(words),
    goals: Int32Array.from(at.goal === null ? [] : [at.goal].flat()),
    tally: new Float64Array(task.metrics.length),
  });
};
