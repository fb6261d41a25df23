import type { UpdateContext } from '../learner';

/** What an update is given in tests that call it themselves: one worker, and no world to play episodes in. */
export const aloneContext: UpdateContext = {
  reduce: async () => {},
  evaluate: () => Promise.reject(new Error('this update has no world to play episodes in')),
};
