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
    [
      algorithms.mappo,
      spec,
      { network: { shareTrunk: true } },
      /critics see what actors see, but critic.input is state; set critic.input=observation or network.shareTrunk=false/,
    ],
    [
      algorithms.ippo,
      spec,
      { network: { shareTrunk: true }, sharing: 'none' },
      /but sharing is none and critic.sharing is team; set critic.sharing=none/,
    ],
    ...(['epochs', 'minibatches', 'learningRate', 'maximumNorm'] as const).map(
      (name) =>
        [
          algorithms.ippo,
          spec,
          { network: { shareTrunk: true }, policy: { [name]: 7 }, critic: { [name]: 8 } },
          new RegExp(`policy.${name} is 7 and critic.${name} is 8; set both alike`),
        ] as const,
    ),
    [algorithms.happo, spec, { network: { shareTrunk: true } }, /shareTrunk/],
  ] as const)('%#', (algorithm, world, settings, message) => {
    expect(() => resolve(algorithm, world, settings)).toThrow(message);
  });

  it('lets trunks be shared where nothing else is set, and values be weighed', () => {
    const settings = { network: { shareTrunk: true } };
    expect(resolve(algorithms.ippo, spec, settings)).toMatchObject({ critic: { lossWeight: 0.5 } });
    expect(() => resolve(algorithms.ippo, rivals, settings)).not.toThrow();
    expect(() =>
      resolve(algorithms.mappo, spec, { ...settings, critic: { input: 'observation', lossWeight: 1 } }),
    ).not.toThrow();
  });

  it('leaves rivals their own rewards and networks by default', () => {
    expect(resolve(algorithms.ippo, rivals)).toMatchObject({ rewards: 'own', sharing: 'species' });
    expect(() => resolve(algorithms.mappo, rivals)).not.toThrow();
    expect(() => resolve(algorithms.happo, rivals, { rewards: 'team' })).not.toThrow();
    expect(() => resolve(algorithms.a2po, spec, { blocks: 2, sharing: 'team' })).not.toThrow();
  });
});
