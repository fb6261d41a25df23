import type { Frame } from '@murmuration/core';
import { ended } from '@murmuration/core';
import type { WorldSizes } from './world';

/** One episode as it was played, at its true length; moments have one more than steps. */
export interface Episode {
  readonly length: number;
  /** `[moment, agent, observationWidth]` */
  readonly observations: Float32Array;
  /** `[moment, stateWidth]` */
  readonly states: Float32Array;
  /** `[moment, agent, action]` */
  readonly available: Uint8Array;
  /** `[step, agent]` */
  readonly actions: Uint8Array;
  /** `[step, agent]` */
  readonly rewards: Float32Array;
  /** Whether the world ended it, not a time limit. */
  readonly terminated: boolean;
}

/** Most discrete actions of an agent: they are kept in bytes. */
export const mostActions = 256;

interface Growing {
  length: number;
  room: number;
  observations: Float32Array;
  states: Float32Array;
  available: Uint8Array;
  actions: Uint8Array;
  rewards: Float32Array;
}

const arrayNames = ['observations', 'states', 'available', 'actions', 'rewards'] as const;

/** Floats and bytes of one moment, by array. */
export const widthsOf = ({ agents, observationWidth, stateWidth, actions }: WorldSizes) => ({
  observations: agents * observationWidth,
  states: stateWidth,
  available: agents * actions,
  actions: agents,
  rewards: agents,
});

/** Bytes of one step of an episode in memory. */
export const bytesOf = (sizes: WorldSizes): number => {
  const { observations, states, available, actions, rewards } = widthsOf(sizes);
  return 4 * (observations + states + rewards) + available + actions;
};

/** Writes down what happens in each copy until its episode ends. */
export interface Recorder {
  /** @returns the episodes that ended in this step, in the order of the copies. */
  observe(before: Frame, actions: Float32Array, after: Frame): Episode[];
  /** The episodes that go on, as `Episode`s without an end. */
  readonly open: readonly Episode[];
  /** Go on from open episodes. */
  reopen(episodes: readonly Episode[]): void;
}

export const createRecorder = (copies: number, sizes: WorldSizes): Recorder => {
  const widths = widthsOf(sizes);
  const { agents } = sizes;
  const create = (room: number): Growing => ({
    length: 0,
    room,
    observations: new Float32Array((room + 1) * widths.observations),
    states: new Float32Array((room + 1) * widths.states),
    available: new Uint8Array((room + 1) * widths.available),
    actions: new Uint8Array(room * widths.actions),
    rewards: new Float32Array(room * widths.rewards),
  });
  const growing = Array.from({ length: copies }, () => create(32));

  const grow = (episode: Growing): void => {
    const larger = create(2 * episode.room);
    for (const name of arrayNames) larger[name].set(episode[name] as never);
    Object.assign(episode, larger, { length: episode.length });
  };

  const sealed = ({ length, ...arrays }: Growing, terminated: boolean): Episode => ({
    length,
    observations: arrays.observations.slice(0, (length + 1) * widths.observations),
    states: arrays.states.slice(0, (length + 1) * widths.states),
    available: arrays.available.slice(0, (length + 1) * widths.available),
    actions: arrays.actions.slice(0, length * widths.actions),
    rewards: arrays.rewards.slice(0, length * widths.rewards),
    terminated,
  });

  /** One moment of a copy, from the plain fields of a frame or from its `final…` ones. */
  const moment = (
    episode: Growing,
    copy: number,
    observations: Float32Array,
    states: Float32Array,
    available: Uint8Array,
  ): void => {
    const put = <A extends Float32Array | Uint8Array>(to: A, from: A, width: number): void =>
      to.set(from.subarray(copy * width, (copy + 1) * width), episode.length * width);
    put(episode.observations, observations, widths.observations);
    put(episode.states, states, widths.states);
    put(episode.available, available, widths.available);
  };

  return {
    observe(before, actions, after) {
      const done: Episode[] = [];
      growing.forEach((episode, copy) => {
        if (episode.length === episode.room) grow(episode);
        moment(episode, copy, before.observations, before.state, before.availableActions);
        const at = episode.length * agents;
        for (let agent = 0; agent < agents; agent++) {
          episode.actions[at + agent] = actions[copy * agents + agent];
          episode.rewards[at + agent] = after.rewards[copy * agents + agent];
        }
        episode.length++;
        if (!ended(after, copy)) return;
        moment(episode, copy, after.finalObservations, after.finalState, after.finalAvailableActions);
        done.push(sealed(episode, after.terminated[copy] === 1));
        episode.length = 0;
      });
      return done;
    },
    get open() {
      return growing.map((episode) => sealed(episode, false));
    },
    reopen(episodes) {
      episodes.forEach((open, copy) => {
        const episode = growing[copy];
        while (episode.room <= open.length) grow(episode);
        for (const name of arrayNames) episode[name].set(open[name] as never);
        episode.length = open.length;
      });
    },
  };
};
