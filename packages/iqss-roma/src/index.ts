export * from './algorithms';
export * from './centralAlgorithms';
export * from './config';
export { romaIqssExperiment } from './experiment/experiment';
export type { ScheduleOptions } from './schedule/options';
export { type AgentBatch, type ScheduledLearner, schedule } from './schedule/schedule';
