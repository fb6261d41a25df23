import { encode, type Space } from '@murmuration/core';
import type { Episode } from './episode';
import type { InputWriter, WorldSizes } from './world';

/** Episodes side by side, padded to the longest; what the networks and the loss are fed. */
export interface EpisodeBatch {
  readonly episodes: number;
  /** Steps of the longest. */
  readonly time: number;
  /** For each network, `[time + 1, episode · member, input]`. */
  readonly inputs: readonly Float32Array[];
  /** `[time + 1, episode, state features]` */
  readonly states: Float32Array;
  /** One-hot, `[time, episode, agent, action]`. */
  readonly taken: Float32Array;
  /** -1e9 where an action cannot be taken, else 0: `[time + 1, episode, agent, action]`. */
  readonly unavailable: Float32Array;
  /** 1 where a step was played, `[time, episode]`. */
  readonly mask: Float32Array;
  /**
   * What a step's target is made of, `[time + 1, episode, column]`: `rewards + next · Q(next moment) + last · Q(this
   * moment)`. A column is the team, or each agent.
   */
  readonly rewards: Float32Array;
  /** `[time + 1, episode]` */
  readonly next: Float32Array;
  /** `[time + 1, episode]`, not 0 at the moment after the last step alone. */
  readonly last: Float32Array;
}

export const playedSteps = ({ mask }: EpisodeBatch): number => mask.reduce((sum, each) => sum + each, 0);

export interface BatchOptions {
  readonly discount: number;
  readonly lambda: number;
  readonly rewardScale: number;
  /** Whether an end by time limit counts as the world's own. */
  readonly timeLimitEnds: boolean;
  /** Whether each agent has its own error (independent learners). */
  readonly apart: boolean;
  /** Agents of one network. */
  readonly members: number;
}

const hidden = -1e9;

/** Episodes of a group: padded to like length they waste less, and fewer would leave products too small. */
const groupSize = 8;

/** Episodes in groups of like length, the shortest first. */
export const alike = (episodes: readonly Episode[]): Episode[][] => {
  const ordered = [...episodes].sort((a, b) => a.length - b.length);
  return Array.from({ length: Math.ceil(ordered.length / groupSize) }, (_, index) =>
    ordered.slice(index * groupSize, (index + 1) * groupSize),
  );
};

/** Lays episodes side by side. */
export const createBatcher = (
  stateSpace: Space,
  sizes: WorldSizes,
  writer: InputWriter,
  options: BatchOptions,
): ((episodes: readonly Episode[]) => EpisodeBatch) => {
  const { members } = options;
  const columns = options.apart ? sizes.agents : 1;

  return (episodes) => {
    const count = episodes.length;
    const time = Math.max(...episodes.map(({ length }) => length));
    const inputs = Array.from(
      { length: sizes.agents / members },
      () => new Float32Array((time + 1) * count * members * writer.width),
    );
    const perAgent = sizes.agents * sizes.actions;
    const batch = {
      episodes: count,
      time,
      inputs,
      states: new Float32Array((time + 1) * count * sizes.state),
      taken: new Float32Array(time * count * perAgent),
      unavailable: new Float32Array((time + 1) * count * perAgent),
      mask: new Float32Array(time * count),
      rewards: new Float32Array((time + 1) * count * columns),
      next: new Float32Array((time + 1) * count),
      last: new Float32Array((time + 1) * count),
    };
    episodes.forEach((episode, column) => {
      for (let moment = 0; moment <= episode.length; moment++) {
        const row = moment * count + column;
        encode(stateSpace, episode.states, moment * sizes.stateWidth, batch.states, row * sizes.state);
        for (let agent = 0; agent < sizes.agents; agent++) {
          const before = moment === 0 ? -1 : episode.actions[(moment - 1) * sizes.agents + agent];
          const from = (moment * sizes.agents + agent) * sizes.observationWidth;
          const network = Math.floor(agent / members);
          const at = (row * members + (agent % members)) * writer.width;
          writer.write(agent, episode.observations, from, before, inputs[network], at);
        }
        const seen = moment * perAgent;
        for (let entry = 0; entry < perAgent; entry++) {
          if (episode.available[seen + entry] === 0) batch.unavailable[row * perAgent + entry] = hidden;
        }
        if (moment === episode.length) break;
        batch.mask[row] = 1;
        for (let agent = 0; agent < sizes.agents; agent++) {
          const action = episode.actions[moment * sizes.agents + agent];
          batch.taken[(row * sizes.agents + agent) * sizes.actions + action] = 1;
        }
        for (let each = 0; each < columns; each++) {
          batch.rewards[row * columns + each] =
            options.rewardScale * episode.rewards[moment * sizes.agents + each];
        }
        const over = moment === episode.length - 1 && (episode.terminated || options.timeLimitEnds);
        batch.next[row] = over ? 0 : (1 - options.lambda) * options.discount;
      }
      const over = episode.terminated || options.timeLimitEnds;
      batch.last[episode.length * count + column] = over ? 0 : 1;
    });
    return batch;
  };
};
