import { testEnvironment } from '@murmuration/core/testing';
import { smax } from './smax';

testEnvironment('smax/3m', ({ copies }) => smax({ scenario: '3m', copies }));
testEnvironment('smax/2s3z, raw state', ({ copies }) => smax({ scenario: '2s3z', copies, state: 'raw' }), {
  steps: 400,
});
testEnvironment('smax/5m_vs_6m, self-play', ({ copies }) =>
  smax({ scenario: '5m_vs_6m', copies, selfPlay: true, selfPlayReward: true }),
);
testEnvironment(
  'smax/smacv2_5_units, conic',
  ({ copies }) => smax({ scenario: 'smacv2_5_units', copies, observation: 'conic' }),
  { steps: 300 },
);
testEnvironment('smax/3m, continuous', ({ copies }) =>
  smax({ scenario: '3m', copies, actions: 'continuous' }),
);
testEnvironment('smax/3s_vs_5z, v1, random targets', ({ copies }) =>
  smax({ scenario: '3s_vs_5z', copies, compat: 'v1', enemy: { targets: 'random' } }),
);
testEnvironment('a battle of one against two', ({ copies }) =>
  smax({
    scenario: {
      name: 'duel',
      allies: ['marauder'],
      enemies: ['zergling', 'zergling'],
      randomPositions: true,
    },
    copies,
    episodeLimit: 30,
  }),
);
