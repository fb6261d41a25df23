export * from './algorithms';
export { type ValueConfiguration, valueSchema } from './config';
