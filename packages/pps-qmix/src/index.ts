export * from './algorithms';
export { type ValueConfiguration, valueSchema } from './config';
export { ppsQmixExperiment } from './experiment/experiment';
