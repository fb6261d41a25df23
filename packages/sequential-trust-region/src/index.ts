export * from './algorithms';
export * from './config';
export { lowVarianceExperiment } from './experiment/experiment';
