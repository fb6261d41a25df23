export { createSharedFrame } from './sharedFrame';
export { inThreads, type ThreadsInput } from './threads';
