import { createEnvironment, createFrame, randomFrom } from '@murmuration/core';
import { coordinationFamily } from '@murmuration/envs';
import { describe, expect, it } from 'vitest';
import { createExperience } from './experience';

const { spec } = createEnvironment(coordinationFamily.create('3'), 1);
const options = { batchSize: 4, capacity: 6, start: 3, every: 2 };

const observeSome = (experience: ReturnType<typeof create>, ...step: ReturnType<typeof stepOf>): void => {
  for (let time = 0; time < 4; time++) {
    experience.take();
    experience.observe(...step);
  }
};

/** A step from one observation to the next, the same for all agents. */
const stepOf = (from: number, to: number, ending: 'no' | 'terminated' | 'truncated' = 'no') => {
  const [before, after] = [createFrame(spec, 1), createFrame(spec, 1)];
  before.observations.fill(from);
  after.observations.fill(ending === 'no' ? to : 0);
  after.finalObservations.fill(to);
  after.state.fill(ending === 'no' ? 10 + to : 0);
  after.finalState.fill(10 + to);
  after.rewards.set([5, 6, 7]);
  after[ending === 'no' ? 'started' : ending].fill(ending === 'no' ? 0 : 1);
  return [before, Float32Array.of(0, 1, 2), after] as const;
};

const create = (timeLimit: 'bootstrap' | 'terminal' = 'bootstrap') =>
  createExperience(spec, 1, options, timeLimit, randomFrom(0));

describe('replay', () => {
  it('waits for enough transitions, then gives a batch for every two', () => {
    const experience = create();
    const taken: boolean[] = [];
    for (let step = 0; step < 8; step++) {
      experience.observe(...stepOf(0, 1));
      taken.push(experience.take() !== undefined);
    }
    expect(taken).toEqual([false, false, false, true, false, true, false, true]);
  });

  it('counts time that passes without transitions, where it is told', () => {
    const experience = create();
    observeSome(experience, ...stepOf(0, 1));
    experience.take();
    experience.idle(1);
    expect(experience.take()).toBeUndefined();
    experience.idle(1);
    expect(experience.take()).toBeDefined();
    expect(experience.take()).toBeUndefined();
  });

  it('keeps its own action and reward, the state reached and the observation that follows', () => {
    const experience = create();
    observeSome(experience, ...stepOf(1, 2));
    const batch = experience.take()!;
    expect(batch).toMatchObject({
      observations: Float32Array.of(1, 1, 1, 1),
      actions: Int32Array.of(1, 1, 1, 1),
      successors: Float32Array.of(12, 12, 12, 12),
      rewards: Float32Array.of(6, 6, 6, 6),
      nexts: Float32Array.of(2, 2, 2, 2),
      ended: Uint8Array.of(0, 0, 0, 0),
    });
  });

  it.each([
    ['terminated', 'bootstrap', 1],
    ['truncated', 'bootstrap', 0],
    ['truncated', 'terminal', 1],
  ] as const)('learns from the last state of an episode that was %s (%s)', (ending, timeLimit, over) => {
    const experience = create(timeLimit);
    observeSome(experience, ...stepOf(2, 3, ending));
    const batch = experience.take()!;
    expect([batch.successors[0], batch.nexts[0], batch.ended[0]]).toEqual([13, 3, over]);
  });
});
