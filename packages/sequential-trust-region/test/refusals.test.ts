import { type Algorithm, type EnvironmentSpec, resolveConfiguration, type Settings } from '@murmuration/core';
import { describe, expect, it } from 'vitest';
import * as algorithms from '../src/algorithms';
import { expedition } from './fixtures/expedition';

const { spec } = expedition();
const rivals: EnvironmentSpec = { ...spec, sharedReward: false };

const resolve = (algorithm: unknown, world: EnvironmentSpec, settings: Settings = {}) =>
  resolveConfiguration(algorithm as Algorithm, world, settings);

describe('what cannot work is refused before the first step', () => {
  it.each([
    [
      algorithms.hatrpo,
      spec,
      {},
      /hatrpo cannot learn expedition\/mixed: agent a has discrete actions and agent c box/,
    ],
    [algorithms.clipHatrpo, spec, {}, /take happo or clip-happo/],
    [algorithms.happo, rivals, {}, /different rewards and rewards is own; set rewards=team/],
    [algorithms.a2po, rivals, {}, /set rewards=team/],
    [algorithms.a2po, spec, { blocks: 2 }, /blocks is 2, but every agent has a policy of its own/],
    [
      algorithms.mappo,
      spec,
      { rewards: 'own' },
      /critic.input is state, one value for the team, but rewards is own; set critic.input=agent-state/,
    ],
    [
      algorithms.mappo,
      spec,
      { rollout: 25, network: { recurrent: true } },
      /network.chunk is 10, which does not divide rollout = 25/,
    ],
    [algorithms.mappo, spec, { policy: { clip: 0 } }, /policy.clip is 0/],
  ] as const)('%#', (algorithm, world, settings, message) => {
    expect(() => resolve(algorithm, world, settings)).toThrow(message);
  });

  it('leaves rivals their own rewards and networks by default', () => {
    expect(resolve(algorithms.ippo, rivals)).toMatchObject({ rewards: 'own', sharing: 'species' });
    expect(() => resolve(algorithms.mappo, rivals)).not.toThrow();
    expect(() => resolve(algorithms.happo, rivals, { rewards: 'team' })).not.toThrow();
    expect(() => resolve(algorithms.a2po, spec, { blocks: 2, sharing: 'team' })).not.toThrow();
  });
});
