import { createEnvironment, randomFrom, resolveConfiguration } from '@murmuration/core';
import { testLearner, testPolicy } from '@murmuration/core/testing';
import { subjects } from './fixtures/subjects';

testLearner(subjects, new URL('./fixtures/subjects.ts', import.meta.url));

for (const name of ['roma-iqss', 'roma-iqss with everything', 'deep roma-i2q on boxes', 'central-q']) {
  const { algorithm, environment, settings } = subjects[name];
  testPolicy(name, async () => {
    const { spec } = createEnvironment(environment, 1);
    const learner = await algorithm.create(
      spec,
      resolveConfiguration(algorithm, spec, settings),
      randomFrom(3),
    );
    return learner.policy;
  });
}
