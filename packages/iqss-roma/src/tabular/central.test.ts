import {
  createActions,
  createFrame,
  discrete,
  type EnvironmentSpec,
  randomFrom,
  train,
} from '@murmuration/core';
import { aloneContext } from '@murmuration/core/testing';
import { coordination, flag } from '@murmuration/envs';
import { describe, expect, it } from 'vitest';
import { centralQ, centralQss } from '../centralAlgorithms';
import { centralLearner, jointActionsOf } from './central';
import type { TabularRule } from './rule';
import type { Transition } from './transition';

const spec: EnvironmentSpec = {
  id: 'test/2',
  agents: [2, 3].map((size, agent) => ({
    id: `agent-${agent}`,
    species: `kind-${agent}`,
    observation: discrete(4),
    action: discrete(size),
  })),
  state: discrete(4),
  sharedReward: true,
  agentsDie: false,
  metrics: [],
  nonStationary: false,
};

const rule = (greedy: number, learned: Transition[] = []): TabularRule => ({
  policy: new Int32Array(4).fill(greedy),
  value: (_, action) => -action,
  learn: (transition) => learned.push({ ...transition }),
  save: () => ({}),
  restore: () => {},
});

const frameOf = () => {
  const frame = createFrame(spec, 1);
  frame.availableActions.fill(1);
  return frame;
};

describe('the central learner', () => {
  it('counts joint actions, the first agent’s most', () => {
    expect(jointActionsOf(spec)).toBe(6);
    const learned: Transition[] = [];
    const options = { epsilon: 0, timeLimit: 'bootstrap' } as const;
    const learner = centralLearner(spec, rule(5, learned), options, randomFrom(0));
    const actions = createActions(spec, 1);
    learner.act(frameOf(), actions);
    expect([...actions]).toEqual([1, 2]);
    learner.experience.observe(frameOf(), Float32Array.of(1, 0), frameOf());
    learner.update(learner.experience.take()!, aloneContext);
    expect(learned[0].action).toBe(3);
    expect(learner.experience.take()).toBeUndefined();
  });

  it('takes the best joint action whose parts are all available', () => {
    const learner = centralLearner(spec, rule(0), { epsilon: 0, timeLimit: 'bootstrap' }, randomFrom(0));
    const frame = frameOf();
    const actions = createActions(spec, 1);
    // The first agent cannot take 0, the second neither 0.
    frame.availableActions.set([0, 1, 0, /* widest row */ 0, 1, 1]);
    learner.policy.start(1, randomFrom(0)).act(frame, actions);
    expect([...actions]).toEqual([1, 1]);
  });

  it.each([centralQ, centralQss])(
    'reaches the best return of the flag task and of coordination',
    async (each) => {
      const algorithm = each as typeof centralQ;
      const last = { flag: 0, coordination: 0 };
      for await (const event of train(algorithm, flag, { steps: 500, episodes: 1 }))
        if (event.event === 'evaluation') last.flag = event.metrics.return;
      const world = () => coordination({ agents: 3, game: 2 });
      for await (const event of train(algorithm, world, { steps: 10_000, episodes: 1 }))
        if (event.event === 'evaluation') last.coordination = event.metrics.return;
      expect(last).toEqual({ flag: 100, coordination: 300 });
    },
  );
});
