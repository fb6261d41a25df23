import { createActions, createFrame, randomFrom, type State } from '@murmuration/core';
import { describe, expect, it } from 'vitest';
import { alike, createBatcher } from './batch';
import { createRecorder, type Episode } from './episode';
import { createEpisodeReplay } from './replay';
import { createInputWriter } from './world';

const box = (size: number) => ({ kind: 'box', shape: [size], low: -1, high: 1 }) as const;
const action = { kind: 'discrete', size: 2 } as const;
const agent = (id: string) => ({ id, species: 'walker', observation: box(1), action });
const spec = {
  id: 'test/line',
  agents: [agent('a'), agent('b')],
  state: box(1),
  sharedReward: true,
  agentsDie: false,
  metrics: [],
  nonStationary: false,
};
const sizes = { agents: 2, actions: 2, observationWidth: 1, stateWidth: 1, observation: 1, state: 1 };
const writer = createInputWriter(spec.agents, sizes, { lastAction: true, agentId: true });

/** An episode in which everything tells the moment it is from: 10 × number + moment. */
const episode = (number: number, length: number, terminated = true): Episode => ({
  length,
  observations: Float32Array.from({ length: 2 * (length + 1) }, (_, i) => 10 * number + Math.floor(i / 2)),
  states: Float32Array.from({ length: length + 1 }, (_, moment) => 10 * number + moment),
  available: new Uint8Array(4 * (length + 1)).fill(1),
  actions: Uint8Array.from({ length: 2 * length }, (_, i) => i % 2),
  rewards: Float32Array.from({ length: 2 * length }, (_, i) => 1 + Math.floor(i / 2)),
  terminated,
});

describe('the recorder', () => {
  it('keeps an episode at its true length, with its last moment, and starts the next one afresh', () => {
    const recorder = createRecorder(2, sizes);
    const frames = [createFrame(spec, 2), createFrame(spec, 2)];
    const actions = createActions(spec, 2);
    const done: Episode[] = [];
    for (let step = 0; step < 5; step++) {
      const [before, after] = step % 2 ? [frames[1], frames[0]] : frames;
      before.state.set([step, 100 + step]);
      actions.fill(step % 2);
      after.rewards.fill(step);
      // The first copy ends in step 2, the other one goes on.
      after.terminated.set([step === 2 ? 1 : 0, 0]);
      after.finalState.set([99, 0]);
      done.push(...recorder.observe(before, actions, after));
    }
    expect(done).toHaveLength(1);
    expect([...done[0].states]).toEqual([0, 1, 2, 99]);
    expect([...done[0].actions]).toEqual([0, 0, 1, 1, 0, 0]);
    expect([...done[0].rewards]).toEqual([0, 0, 1, 1, 2, 2]);
    expect(done[0].terminated).toBe(true);
    expect(recorder.open.map(({ length }) => length)).toEqual([2, 5]);
    expect([...recorder.open[1].states.slice(0, 5)]).toEqual([100, 101, 102, 103, 104]);
  });
});

describe('the replay', () => {
  it('forgets the oldest and draws different episodes', () => {
    const replay = createEpisodeReplay(3, sizes);
    for (const number of [1, 2, 3, 4]) replay.add(episode(number, 1));
    expect(replay.size).toBe(3);
    const random = randomFrom(1);
    const seen = new Set<number>();
    for (let draw = 0; draw < 50; draw++) {
      const [a, b] = replay.sample(random, 2).map(({ states }) => states[0]);
      expect(a).not.toBe(b);
      seen.add(a).add(b);
    }
    expect([...seen].sort()).toEqual([20, 30, 40]);
    expect(replay.sample(random, 3).map(({ states }) => states[0])).toEqual([40, 20, 30]);
    expect(() => replay.sample(random, 4)).toThrow('a batch of 4 episodes was asked for where 3 are stored');
  });

  it('saves full blocks once and for all, and no longer than one of their episodes is remembered', () => {
    const replay = createEpisodeReplay(40, sizes);
    for (let number = 0; number < 100; number++) replay.add(episode(number, 1));
    const blocks = () => replay.save().blocks as readonly State[];
    const kept = blocks();
    // 100 episodes: blocks 0–31, 32–63, 64–95; of the first none is among the last 40.
    expect(kept).toHaveLength(2);
    expect((replay.save().rest as readonly State[]).map(({ states }) => (states as Float32Array)[0])).toEqual(
      [960, 970, 980, 990],
    );
    replay.add(episode(100, 1));
    expect(blocks()).toEqual(kept);
    expect(blocks()[0]).toBe(kept[0]);
    const other = createEpisodeReplay(40, sizes);
    other.restore(replay.save());
    for (let number = 101; number < 130; number++)
      for (const each of [replay, other]) each.add(episode(number, 1));
    expect(other.sample(randomFrom(2), 40)).toEqual(replay.sample(randomFrom(2), 40));
    expect(other.save()).toEqual(replay.save());
  });

  it('is restored as it was, and refuses what does not fit', () => {
    const replay = createEpisodeReplay(3, sizes);
    for (const number of [1, 2, 3, 4]) replay.add(episode(number, number));
    const other = createEpisodeReplay(3, sizes);
    other.restore(replay.save());
    expect(other.sample(randomFrom(2), 2)).toEqual(replay.sample(randomFrom(2), 2));
    const narrow = createEpisodeReplay(3, { ...sizes, stateWidth: 2 });
    expect(() => narrow.restore(replay.save())).toThrow('states');
    expect(() => other.restore({ ...replay.save(), count: 2 })).toThrow(
      'the replay holds 4 of 2 episodes, with room for 3',
    );
    const broken = (rest: Partial<Episode>) => () =>
      other.restore({ count: 1, blocks: [], rest: [{ ...episode(1, 2), ...rest }] });
    expect(broken({ actions: Uint8Array.of(0, 1, 2, 1) })).toThrow(
      'a remembered action is 2, but there are 2',
    );
    expect(broken({ length: 3 })).toThrow('actions');
    for (const length of [-1, 1.5, Number.NaN]) expect(broken({ length })).toThrow('actions');
    const none = { observations: new Float32Array(2), states: new Float32Array(1) };
    const empty = { ...none, length: 0, available: new Uint8Array(4), actions: new Uint8Array() };
    expect(broken({ ...empty, rewards: new Float32Array() })).toThrow('an episode without a step');
  });
});

describe('groups of like length', () => {
  it('hold every episode once, the shortest first', () => {
    const lengths = [9, 1, 8, 2, 7, 3, 6, 4, 5, 10];
    const groups = alike(lengths.map((length) => episode(length, length)));
    expect(groups.map((group) => group.map(({ length }) => length))).toEqual([
      [1, 2, 3, 4, 5, 6, 7, 8],
      [9, 10],
    ]);
  });
});

describe('a batch', () => {
  const options = {
    discount: 0.9,
    lambda: 0.5,
    rewardScale: 2,
    timeLimitEnds: false,
    apart: false,
    members: 1,
  };
  const batchOf = createBatcher(spec.state, sizes, writer, options);
  const batch = batchOf([episode(1, 3), episode(2, 1, false)]);

  it('is padded to the longest, and masks what was not played', () => {
    expect([batch.time, batch.episodes]).toEqual([3, 2]);
    expect([...batch.mask]).toEqual([1, 1, 1, 0, 1, 0]);
    expect([...batch.states]).toEqual([10, 20, 11, 21, 12, 0, 13, 0]);
    expect([...batch.rewards]).toEqual([2, 2, 4, 0, 6, 0, 0, 0]);
  });

  it('shows each network its own agent, with what it did before and its number', () => {
    // [observation, last action (2), number (2)] of the first episode's first two moments.
    expect([...batch.inputs[0].slice(0, 5)]).toEqual([10, 0, 0, 1, 0]);
    expect([...batch.inputs[1].slice(10, 15)]).toEqual([11, 0, 1, 0, 1]);
    expect(batch.inputs[0].length).toBe(4 * 2 * 5);
  });

  it('bootstraps to the end of an episode and not across it', () => {
    // The step that ended the world has no next value; one step earlier still has (JaxMARL cuts the wrong one).
    const factor = Math.fround(0.5 * 0.9);
    expect([...batch.next]).toEqual([factor, factor, factor, 0, 0, 0, 0, 0]);
    // Cut off by time: the last moment's value counts, at its own place and not at the end of the padding.
    expect([...batch.last]).toEqual([0, 0, 0, 1, 0, 0, 0, 0]);
  });

  it('takes a time limit for an end where asked to', () => {
    const ended = createBatcher(spec.state, sizes, writer, { ...options, timeLimitEnds: true });
    const { next, last } = ended([episode(2, 1, false)]);
    expect([...next, ...last]).toEqual([0, 0, 0, 0]);
  });
});
