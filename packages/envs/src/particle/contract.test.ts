import { testEnvironment } from '@murmuration/core/testing';
import { mpe } from './mpe';
import { taskNames } from './options';

for (const task of taskNames) {
  for (const actions of ['discrete', 'continuous'] as const) {
    testEnvironment(`mpe/${task}, ${actions}`, ({ copies }) => mpe({ task, copies, actions }), {
      steps: 200,
    });
  }
  testEnvironment(
    `mpe/${task}, compact, by JaxMARL`,
    ({ copies }) => mpe({ task, copies, state: 'compact', rules: 'jaxmarl' }),
    { steps: 200 },
  );
}
testEnvironment('mpe/spread, one reward', ({ copies }) => mpe({ task: 'spread', copies, localRatio: 0 }), {
  steps: 60,
});
testEnvironment('mpe/spread of 20', ({ copies }) => mpe({ task: 'spread', copies, agents: 20 }), {
  steps: 100,
});
testEnvironment(
  'mpe/tag of 4 and 2',
  ({ copies }) => mpe({ task: 'tag', copies, adversaries: 4, prey: 2, landmarks: 3 }),
  { steps: 200 },
);
