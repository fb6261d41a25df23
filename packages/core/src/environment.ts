import type { Frame } from './frame';
import type { Random } from './random';
import type { Scene, Spectator } from './scene';
import type { Space } from './space';
import type { State } from './state';

export interface AgentSpec {
  /** Unique within the environment, for example `scout-0`. */
  readonly id: string;
  /** Agents of one species are interchangeable: same body, same spaces. */
  readonly species: string;
  readonly observation: Space;
  readonly action: Space;
}

/** What a learner must know of a world before the first step. Plain data: it is kept in every checkpoint. */
export interface EnvironmentSpec {
  /** `family/variant`, for example `coordination/3`. */
  readonly id: string;
  readonly agents: readonly AgentSpec[];
  /** The global state, which a learner may see while it trains, never a policy that acts. */
  readonly state: Space;
  /** Whether all agents receive the same reward. */
  readonly sharedReward: boolean;
  /** Longest episode in steps, where there is a limit. */
  readonly episodeLimit?: number;
  /** Whether agents may become inactive before the episode ends. */
  readonly agentsDie: boolean;
  /** Names of the numbers reported at the end of every episode beside the return, for example `winRate`. */
  readonly metrics: readonly string[];
  /** Whether the world itself changes over training: then an evaluation starts from the training world's state. */
  readonly nonStationary: boolean;
}

export interface Outcome {
  /** One number that all agents receive, or one for each agent. */
  readonly reward: number | ArrayLike<number>;
  /** The episode is over by the rules of the world: nothing follows. */
  readonly terminated: boolean;
  /** The episode was cut off, for example by a time limit: the world would have gone on. */
  readonly truncated: boolean;
}

/**
 * One copy of a world; what people write to bring their own.
 *
 * Actions come as floats, `actionWidth` for each agent (the widest action's size): a discrete action is its number in
 * the agent's first float. All randomness comes from the stream that is passed in. The order of calls is `reset`, then
 * `observe`, `state` and the masks, then `step`, and so on; after an end, `reset` again.
 */
export interface Environment {
  readonly spec: EnvironmentSpec;
  reset(random: Random): void;
  /** @param actions `[agent, actionWidth]`; entries of inactive agents mean nothing. */
  step(actions: Float32Array, random: Random): Outcome;
  /** Write what an agent sees; zeros beforehand. @param observation `widthOf(agent.observation)` floats. */
  observe(agent: number, observation: Float32Array): void;
  /** Write the global state; zeros beforehand. @param state `widthOf(spec.state)` floats. */
  state(state: Float32Array): void;
  /** Write 0 for each discrete action the agent cannot take now; ones beforehand. At least one must remain. */
  availableActions?(agent: number, available: Uint8Array): void;
  /** Whether the agent still takes part; all do where this is left out. */
  active?(agent: number): boolean;
  /** Asked once at the end of an episode: one number for each name in `spec.metrics`. */
  metrics?(metrics: Float32Array): void;
  /** What the world looks like now, for people who watch; left out where there is nothing to draw. Changes nothing. */
  draw?(): Scene;
  /** Everything that the next steps depend on, except the random stream. */
  save(): State;
  restore(state: State): void;
}

/** Many copies of a world that step together and write into frames. Fast worlds implement this form directly. */
export interface VectorEnvironment {
  readonly spec: EnvironmentSpec;
  readonly copies: number;
  /** Start every copy afresh, each with its own stream split from `random`. */
  reset(random: Random, frame: Frame): void;
  /**
   * Step every copy and start those that ended again.
   * @param actions `[environment, agent, actionWidth]`
   * @param frame receives what follows; every entry is written, except `final…` of copies that did not end.
   */
  step(actions: Float32Array, frame: Frame): void;
  /** The state of all copies and of their random streams. */
  save(): State;
  restore(state: State): void;
  /**
   * Let somebody watch a copy from now on, or nobody (`undefined`). The spectator is called within `reset` and `step` with
   * every moment: the first of an episode, what follows each step, and where the episode ended its last moment, then the
   * first of the next. Being watched changes nothing. Left out where there is nothing to draw.
   */
  watch?(copy: number, spectator: Spectator | undefined): void;
  dispose?(): void;
}

/** Makes a world. It may return one copy (it is then called once for each) or all copies in vectorised form. */
export type EnvironmentFactory = (request: { readonly copies: number }) => Environment | VectorEnvironment;
