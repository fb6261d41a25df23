export { testLearner } from './learner';
export { testPolicy } from './policy';
export type { LearnerSubject } from './subject';
