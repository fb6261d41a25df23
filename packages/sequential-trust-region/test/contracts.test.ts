import { createEnvironment, randomFrom, resolveConfiguration } from '@murmuration/core';
import { testLearner, testPolicy } from '@murmuration/core/testing';
import { subjects } from './fixtures/subjects';

testLearner(subjects, new URL('./fixtures/subjects.ts', import.meta.url));

for (const name of ['mappo']) {
  const { algorithm, environment, settings } = subjects[name];
  testPolicy(name, async () => {
    const { spec } = createEnvironment(environment, 1);
    const configuration = resolveConfiguration(algorithm, spec, settings);
    return (await algorithm.create(spec, configuration, randomFrom(3))).policy;
  });
}
