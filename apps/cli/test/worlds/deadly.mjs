// A world that takes its thread down, but not before the contract has been checked in the main thread.
import { isMainThread } from 'node:worker_threads';
import { makeLever } from './lever.mjs';

export default () => {
  const lever = makeLever();
  return isMainThread ? lever : { ...lever, step: () => process.exit(7) };
};
