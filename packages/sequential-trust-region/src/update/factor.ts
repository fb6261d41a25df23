import { boundFactor, type FactorKind } from '@murmuration/core';
import { type Actor, type ActorBatch, logProbabilitiesOf } from '../actor';

/**
 * What earlier agents' updates multiply a later agent's advantages with, for every moment of a rollout. Any learner
 * that corrects by the others' ratios can take it, bounded or not.
 */
export interface Factor {
  /** As it is used, `[time, environment]`. */
  used(): Float32Array;
  /** The running product itself. */
  product(): Float32Array;
  /**
   * Multiply with what the ratios of one agent have become; where it took no part its ratio is 1, for its action meant
   * nothing. @param batches samples of that agent alone
   */
  multiply(actor: Actor, batches: readonly ActorBatch[]): Promise<void>;
}

/** A factor of 1. @param moments time × copies @param team agents of the whole team */
export const createFactor = (moments: number, team: number, kind: FactorKind): Factor => {
  const product = new Float32Array(moments).fill(1);
  return {
    used: () => boundFactor(product, kind),
    product: () => product,
    async multiply(actor, batches) {
      for (const batch of batches) {
        const now = await logProbabilitiesOf(actor, batch);
        for (let index = 0; index < now.length; index++) {
          if (batch.weights[index] === 0) continue;
          product[Math.floor(batch.rows[index] / team)] *= Math.exp(now[index] - batch.before[index]);
        }
      }
    },
  };
};
