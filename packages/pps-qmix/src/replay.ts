import {
  ConfigurationError,
  type Random,
  type State,
  stateArray,
  stateBoolean,
  stateList,
  stateNumber,
} from '@murmuration/core';
import { type Episode, widthsOf } from './episode';
import type { WorldSizes } from './world';

/** The last episodes that were played, first in, first out. */
export interface EpisodeReplay {
  readonly size: number;
  add(episode: Episode): void;
  /** `count` different episodes, drawn uniformly; all of them, in their order, where there are no more. */
  sample(random: Random, count: number): Episode[];
  save(): State;
  restore(state: State): void;
}

/** @param sizes of the world: what a saved episode's arrays must measure. */
export const createEpisodeReplay = (capacity: number, sizes: WorldSizes): EpisodeReplay => {
  const widths = widthsOf(sizes);
  /** A ring: the next episode goes where the oldest is. */
  let episodes: Episode[] = [];
  let next = 0;
  return {
    get size() {
      return episodes.length;
    },
    add(episode) {
      episodes[next] = episode;
      next = (next + 1) % capacity;
    },
    sample(random, count) {
      if (count > episodes.length) {
        throw new ConfigurationError(
          '@murmuration/pps-qmix',
          `a batch of ${count} episodes was asked for where ${episodes.length} are stored`,
        );
      }
      if (count === episodes.length) return [...episodes];
      // Floyd's algorithm (Bentley and Floyd 1987): no more draws than episodes.
      const chosen = new Set<number>();
      for (let last = episodes.length - count; last < episodes.length; last++) {
        const drawn = random.integer(last + 1);
        chosen.add(chosen.has(drawn) ? last : drawn);
      }
      return [...chosen].map((index) => episodes[index]);
    },
    save: () => ({ next, episodes: episodes.map((episode) => ({ ...episode })) }),
    restore(state) {
      next = stateNumber(state, 'next');
      episodes = stateList(state, 'episodes').map((each) => episodeOf(each as State, widths));
    },
  };
};

/** @throws CheckpointError where an array is missing or has another length. */
export const episodeOf = (state: State, widths: ReturnType<typeof widthsOf>): Episode => {
  const length = stateNumber(state, 'length');
  return {
    length,
    observations: stateArray(state, 'observations', Float32Array, (length + 1) * widths.observations),
    states: stateArray(state, 'states', Float32Array, (length + 1) * widths.states),
    available: stateArray(state, 'available', Uint8Array, (length + 1) * widths.available),
    actions: stateArray(state, 'actions', Uint8Array, length * widths.actions),
    rewards: stateArray(state, 'rewards', Float32Array, length * widths.rewards),
    terminated: stateBoolean(state, 'terminated'),
  };
};
