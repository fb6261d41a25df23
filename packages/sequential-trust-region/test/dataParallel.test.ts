import type { Settings } from '@murmuration/core';
import { type LearnerSubject, testDataParallel } from '@murmuration/core/testing';
import { subjects as recurrent } from './fixtures/recurrentSubjects';
import { subjects } from './fixtures/subjects';

const changed = (subject: LearnerSubject, settings: Settings): LearnerSubject => ({
  ...subject,
  settings: { ...subject.settings, ...settings },
});

testDataParallel({
  mappo: subjects.mappo,
  // Of two sequences, each minibatch has one: one of the workers has nothing.
  'mappo, recurrent, agents apart, minibatches of one': changed(recurrent['mappo, recurrent, agents apart'], {
    network: { hidden: [4], recurrent: true, chunk: 4, hiddenAfter: [3] },
    policy: { epochs: 1, minibatches: 2 },
    critic: { input: 'agent-state', minibatches: 2, epochs: 1 },
  }),
  'ippo, shared trunk': subjects['ippo, shared trunk'],
  // As above: a minibatch of one sequence leaves a worker nothing.
  'ippo, recurrent, shared trunks, minibatches of one': changed(recurrent['ippo, recurrent, shared trunk'], {
    sharing: 'none',
    network: { hidden: [4], recurrent: true, chunk: 4, hiddenAfter: [3], shareTrunk: true },
    policy: { epochs: 1, minibatches: 2 },
    critic: { epochs: 1, minibatches: 2, sharing: 'none' },
  }),
  'happo, shared': changed(subjects['happo, shared'], { policy: { epochs: 1, minibatches: 2 } }),
  'clip-happo, recurrent': recurrent['clip-happo, recurrent'],
  hatrpo: subjects.hatrpo,
  a2po: subjects.a2po,
  // Long steps, so that the clip, which depends on all ratios, has something to clip.
  'a2po, shared': changed(subjects.a2po, {
    sharing: 'team',
    adaptiveClip: true,
    policy: { epochs: 3, learningRate: 0.02 },
  }),
  coppo: subjects.coppo,
});
