import type { Reduce } from '../learner';
import { alone, type Shard } from '../shard';

/** The data-parallel workers of a run, as one of them sees them. */
export interface Crew {
  readonly shard: Shard;
  readonly reduce: Reduce;
  /**
   * Asked after every step: whether this worker shall take another. All workers stop after the same step.
   * @param step environment steps of all workers so far
   */
  goesOn(step: number): boolean;
}

/** One worker has nothing to sum with. */
export const noSum: Reduce = async () => {};

/** A run without others. @param signal stops it after the current step */
export const withoutOthers = (signal?: AbortSignal): Crew => ({
  shard: alone,
  reduce: noSum,
  goesOn: () => signal?.aborted !== true,
});
