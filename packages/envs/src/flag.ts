import {
  discrete,
  type Environment,
  type EnvironmentFamily,
  type EnvironmentSpec,
  parseConfiguration,
  stateNumber,
} from '@murmuration/core';
import { z } from 'zod';
import { flagScene } from './flagScene';
import { numberIn } from './variant';

const optionsSchema = z.strictObject({});

const spec: EnvironmentSpec = {
  id: 'flag/2',
  agents: [0, 1].map((agent) => ({
    id: `robot-${agent}`,
    species: 'robot',
    observation: discrete(5),
    action: discrete(2),
  })),
  state: discrete(5),
  sharedReward: true,
  episodeLimit: 1,
  agentsDie: false,
  metrics: ['success', 'miscoordination'],
  nonStationary: false,
};

/**
 * The two-agent flag task: two robots carry one object and choose, at once, which of two flags to take it to.
 *
 * Source: the two-agent example of ROMA-iQSS (Lin and others, 2024; arXiv 2404.03984); its rewards are those of the
 * paper's larger task.
 *
 * Dynamics: one step, two actions each. Equal choices pay 100, different choices -200.
 * State and observation, discrete: 0 at the start, then 1, 2, 3, 4 for the choices 00, 01, 10, 11.
 * Metrics: `success`, 1 where the choices were equal; `miscoordination`, 1 where not.
 */
export const flag = (): Environment => {
  let reached = 0;
  const agreed = (): boolean => reached === 1 || reached === 4;
  return {
    spec,
    reset() {
      reached = 0;
    },
    step(actions) {
      reached = 1 + 2 * actions[0] + actions[1];
      return { reward: agreed() ? 100 : -200, terminated: true, truncated: false };
    },
    observe(_agent, observation) {
      observation[0] = reached;
    },
    state(state) {
      state[0] = reached;
    },
    metrics(metrics) {
      metrics[0] = agreed() ? 1 : 0;
      metrics[1] = agreed() ? 0 : 1;
    },
    draw: () => flagScene(reached),
    save: () => ({ reached }),
    restore(state) {
      reached = stateNumber(state, 'reached');
    },
  };
};

export const flagFamily: EnvironmentFamily = {
  family: 'flag',
  summary: 'two robots choose one of two flags at once; equal choices pay, different ones are punished',
  package: '@murmuration/envs',
  variants: ['2'],
  variantMeaning: 'number of agents, always 2',
  options: optionsSchema,
  create(variant, options = {}) {
    numberIn('flag', variant, 'agents', 2, 2);
    parseConfiguration('@murmuration/envs flag/2', optionsSchema, options);
    return flag;
  },
};
