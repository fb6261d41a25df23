export * from './algorithms';
export * from './config';
