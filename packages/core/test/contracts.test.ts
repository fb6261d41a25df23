import { expect, it } from 'vitest';
import { deploy } from '../src/deploy';
import { randomFrom } from '../src/random';
import { resolveConfiguration } from '../src/resolve';
import { testLearner, testPolicy } from '../src/testing';
import { trainSubject } from '../src/testing/subject';
import { loadPolicy } from '../src/train/load';
import { corridor } from './fixtures/corridor';
import { deepQ } from './fixtures/deepQ';
import { subjects } from './fixtures/subjects';

testLearner(subjects, new URL('./fixtures/subjects.ts', import.meta.url));

const { spec } = corridor();
testPolicy('deep-q', async () => {
  const learner = await deepQ.create(spec, resolveConfiguration(deepQ, spec), randomFrom(3));
  return learner.policy;
});

it('acts from a checkpoint in three lines', async () => {
  const subject = subjects['deep-q'];
  const policy = await loadPolicy(subject.algorithm, await trainSubject(subject, { steps: 40 }));
  const team = deploy(policy, randomFrom(0));
  const actions = await team.act([
    [0, 0.5],
    [0.5, 0],
  ]);
  expect(actions).toHaveLength(2);
  for (const action of actions) expect([0, 1]).toContain(action);
});
