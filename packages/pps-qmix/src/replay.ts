import {
  CheckpointError,
  ConfigurationError,
  type Random,
  type State,
  sealed,
  stateArray,
  stateBoolean,
  stateNumber,
  stateTrees,
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

/** Episodes that are saved together, once and for all. */
const blockSize = 32;

/**
 * Holds `capacity` episodes, and up to 31 more that share a block with one of them.
 * @param sizes of the world: what a saved episode's arrays must measure.
 */
export const createEpisodeReplay = (capacity: number, sizes: WorldSizes): EpisodeReplay => {
  const widths = widthsOf(sizes);
  const perBlock = Math.min(blockSize, capacity);
  /** A ring: the next episode goes where the oldest is. */
  let episodes: Episode[] = [];
  /** Of all episodes that were ever added. */
  let count = 0;
  /** Full blocks in which an episode is remembered, the oldest first, and the episodes after them. */
  let blocks: State[] = [];
  let rest: Episode[] = [];

  const remember = (episode: Episode): void => {
    episodes[count % capacity] = episode;
    count++;
    rest.push(episode);
    if (rest.length < perBlock) return;
    blocks.push(sealed({ episodes: rest.map((each) => ({ ...each })) }));
    rest = [];
    blocks = blocks.slice(-Math.ceil(capacity / perBlock));
  };

  return {
    get size() {
      return episodes.length;
    },
    add: remember,
    sample(random, wanted) {
      if (wanted > episodes.length) {
        throw new ConfigurationError(
          '@murmuration/pps-qmix',
          `a batch of ${wanted} episodes was asked for where ${episodes.length} are stored`,
        );
      }
      if (wanted === episodes.length) return [...episodes];
      // Floyd's algorithm (Bentley and Floyd 1987): no more draws than episodes.
      const chosen = new Set<number>();
      for (let last = episodes.length - wanted; last < episodes.length; last++) {
        const drawn = random.integer(last + 1);
        chosen.add(chosen.has(drawn) ? last : drawn);
      }
      return [...chosen].map((index) => episodes[index]);
    },
    save: () => ({ count, blocks: [...blocks], rest: rest.map((episode) => ({ ...episode })) }),
    restore(state) {
      episodes = [];
      blocks = stateTrees(state, 'blocks').map(sealed);
      const read = (trees: readonly State[]): Episode[] => trees.map((each) => episodeOf(each, widths));
      const before = blocks.flatMap((block) => read(stateTrees(block, 'episodes', perBlock)));
      rest = read(stateTrees(state, 'rest'));
      const all = [...before, ...rest];
      if (all.some(({ length }) => length === 0)) {
        throw new CheckpointError(
          '@murmuration/pps-qmix',
          'the replay holds an episode without a step; use an earlier checkpoint',
        );
      }
      const ever = stateNumber(state, 'count');
      if (!Number.isSafeInteger(ever) || all.length > ever || all.length < Math.min(ever, capacity)) {
        throw new CheckpointError(
          '@murmuration/pps-qmix',
          `the replay holds ${all.length} of ${ever} episodes, with room for ${capacity}; restore it with the options that saved it`,
        );
      }
      count = ever - all.length;
      for (const episode of all) episodes[count++ % capacity] = episode;
    },
  };
};

/**
 * An episode as it was saved; one that goes on may have no steps yet.
 * @throws CheckpointError where an array is missing or has another length, or an action is none.
 */
export const episodeOf = (state: State, widths: ReturnType<typeof widthsOf>): Episode => {
  const length = stateNumber(state, 'length');
  const moments = length + 1;
  const actions = stateArray(state, 'actions', Uint8Array, length * widths.actions);
  const choices = widths.available / widths.actions;
  const wrong = actions.find((action) => action >= choices);
  if (wrong !== undefined) {
    throw new CheckpointError(
      '@murmuration/pps-qmix',
      `a remembered action is ${wrong}, but there are ${choices}; use a checkpoint of this world`,
    );
  }
  return {
    length,
    observations: stateArray(state, 'observations', Float32Array, moments * widths.observations),
    states: stateArray(state, 'states', Float32Array, moments * widths.states),
    available: stateArray(state, 'available', Uint8Array, moments * widths.available),
    actions,
    rewards: stateArray(state, 'rewards', Float32Array, length * widths.rewards),
    terminated: stateBoolean(state, 'terminated'),
  };
};
