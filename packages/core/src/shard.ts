/**
 * Which part of a run a data-parallel worker has. Of all copies of the world each worker has as many; those of this one
 * come after `rank` times that many.
 */
export interface Shard {
  /** 0 … workers − 1 */
  readonly rank: number;
  readonly workers: number;
}

/** All of a run that has one worker. */
export const alone: Shard = { rank: 0, workers: 1 };
