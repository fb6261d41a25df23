import { testEnvironment } from '@murmuration/core/testing';
import { coordination } from './coordination';
import { differential } from './differential';
import { flag } from './flag';
import { grid } from './grid';
import { matrixGame } from './matrixGame';

const settled = { random: false } as const;

testEnvironment('coordination/3', () => coordination({ agents: 3 }), settled);
testEnvironment('coordination/5 hub=false', () => coordination({ agents: 5, hub: false }), settled);
testEnvironment(
  'coordination/7 partialCredit',
  () => coordination({ agents: 7, partialCredit: true }),
  settled,
);
testEnvironment('coordination/3 with noise', () =>
  coordination({ agents: 3, hub: false, noise: { state: 0.3, reward: 1 } }),
);
for (const kind of ['hard', 'soft'] as const) {
  const drift = { kind, period: 10 };
  testEnvironment(`coordination/3 with ${kind} drift`, () => coordination({ agents: 3, drift }), settled);
}
testEnvironment('flag/2', flag, settled);
testEnvironment('matrix-game/5', () => matrixGame(), settled);
testEnvironment('matrix-game/3 actions=2', () => matrixGame({ depth: 3, actions: 2 }), settled);
testEnvironment('differential/3', () => differential({ agents: 3 }));
testEnvironment('grid/3', () => grid({ agents: 3 }));
testEnvironment('grid/2 task=meet', () => grid({ agents: 2, task: 'meet', size: 3 }));
testEnvironment('grid/4 exits', () => grid({ agents: 4, exits: true, size: 3, episodeLimit: 40 }));
