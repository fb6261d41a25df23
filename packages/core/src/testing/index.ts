export { aloneContext } from './context';
export { testDataParallel } from './dataParallel';
export { type EnvironmentTestOptions, testEnvironment } from './environment';
export { testLearner } from './learner';
export { testPolicy } from './policy';
export type { LearnerSubject } from './subject';
