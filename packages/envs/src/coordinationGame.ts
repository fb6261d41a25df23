import { type Random, randomFrom } from '@murmuration/core';

/** Outcomes 0 and 1 of a stage are its optima, 2 is the penalty, the rest are ordinary. */
export const penalty = 2;
export const ordinary = 3;

export interface GameSize {
  readonly agents: number;
  /** Actions of each agent. */
  readonly actions: number;
  readonly stages: number;
  /** Outcomes of each stage, optima and penalty counted. */
  readonly outcomes: number;
  /** Ordinary outcomes pay for agents that agree, instead of a drawn number. */
  readonly partialCredit: boolean;
}

/** One drawn game: everything about the dynamics that a seed decides. */
export interface CoordinationGame extends GameSize {
  /** The first optimal joint strategy u, `[stage, agent]`. */
  readonly first: Uint8Array;
  /** The second, v, which differs from u in every agent, `[stage, agent]`. */
  readonly second: Uint8Array;
  /** What an outcome pays, `[stage, outcome]`. */
  readonly rewards: Float64Array;
  /** Start of the hash that gives a joint action its ordinary outcome, `[stage]`. */
  readonly salts: Int32Array;
}

const drawStrategies = (size: GameSize, random: Random): { first: Uint8Array; second: Uint8Array } => {
  const first = Uint8Array.from({ length: size.stages * size.agents }, () => random.integer(size.actions));
  const shift = (action: number) => (action + 1 + random.integer(size.actions - 1)) % size.actions;
  return { first, second: first.map(shift) };
};

/** How many ordinary outcomes each count of agreeing agents has for itself under partial credit. */
const band = (size: GameSize): number => Math.floor((size.outcomes - ordinary) / size.agents);

/**
 * Draw a game.
 * @param seed the same seed gives the same game.
 * @param phase draws other joint strategies for the same seed; ordinary outcomes stay as they are.
 */
export const drawGame = (size: GameSize, seed: number, phase = 0): CoordinationGame => {
  const { stages, outcomes, agents } = size;
  const { first, second } = drawStrategies(size, randomFrom(seed, 'coordination', 'strategies', phase));
  const random = randomFrom(seed, 'coordination', 'outcomes');
  const rewards = Float64Array.from({ length: stages * outcomes }, (_, entry) => {
    const outcome = entry % outcomes;
    if (outcome < penalty) return 100;
    if (outcome === penalty) return -200;
    if (!size.partialCredit) return 10 * random.uniform();
    // Outcomes that the bands leave over are never reached.
    return (10 * Math.min(agents - 1, Math.floor((outcome - ordinary) / band(size)))) / agents;
  });
  const salts = Int32Array.from({ length: stages }, () => random.integer(2 ** 31));
  return { ...size, first, second, rewards, salts };
};

/**
 * The outcome of a joint action: 0 for u, 1 for v, 2 for a mix of both, otherwise an ordinary one that a hash decides.
 * Under partial credit the hash chooses among the outcomes of that count of agents which agree with u, or with v if
 * those are more, so that the reward is still a function of the outcome.
 * @param actions `[agent]`
 */
export const outcomeOf = (game: CoordinationGame, stage: number, actions: ArrayLike<number>): number => {
  const { agents, outcomes, first, second } = game;
  const start = stage * agents;
  let withFirst = 0;
  let withSecond = 0;
  let hash = game.salts[stage];
  for (let agent = 0; agent < agents; agent++) {
    const action = actions[agent];
    if (action === first[start + agent]) withFirst++;
    else if (action === second[start + agent]) withSecond++;
    // A round of MurmurHash3: multiply, then let high bits reach the low ones.
    hash = Math.imul(hash ^ (action + 1), 0x85ebca6b);
    hash ^= hash >>> 15;
  }
  if (withFirst === agents) return 0;
  if (withSecond === agents) return 1;
  if (withFirst + withSecond === agents) return penalty;
  if (!game.partialCredit) return ordinary + ((hash >>> 0) % (outcomes - ordinary));
  const width = band(game);
  return ordinary + Math.max(withFirst, withSecond) * width + ((hash >>> 0) % width);
};
