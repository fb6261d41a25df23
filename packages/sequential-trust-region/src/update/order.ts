import { permutation, type Random, type Reduce } from '@murmuration/core';

export type Order = 'semi-greedy' | 'greedy' | 'random' | 'fixed';

/**
 * Mean of |Â / V| of each agent over the moments in which it took part, of all workers; A2PO ranks agents by it.
 * @param advantages `[moment, agent]`, as are `predictions` and `active`
 */
export const scoresOf = async (
  advantages: Float32Array,
  predictions: Float32Array,
  active: Uint8Array,
  agents: number,
  reduce: Reduce,
): Promise<Float32Array> => {
  const [sums, counts] = [new Float32Array(agents), new Float32Array(agents)];
  for (let index = 0; index < advantages.length; index++) {
    if (active[index] === 0) continue;
    sums[index % agents] += Math.abs(advantages[index] / predictions[index]);
    counts[index % agents]++;
  }
  await reduce([sums, counts]);
  return sums.map((sum, agent) => sum / Math.max(1, counts[agent]));
};

/** The agents from the highest score to the lowest. */
const ranked = (scores: Float32Array): number[] =>
  Array.from(scores.keys()).sort((a, b) => scores[b] - scores[a] || a - b);

/**
 * The agents in the order in which they learn. Semi-greedy takes in turn the best of those left and one of them at
 * random (A2PO, Wang et al. 2023).
 * @param scores one for each agent; the greedy orders alone look at them
 */
export const orderAgents = (scores: Float32Array, order: Order, random: Random): Int32Array => {
  if (order === 'fixed') return Int32Array.from(scores.keys());
  if (order === 'random') return permutation(random, scores.length);
  const left = ranked(scores);
  if (order === 'greedy') return Int32Array.from(left);
  return Int32Array.from(scores, (_, position) => {
    const place = position % 2 === 0 ? 0 : random.integer(left.length);
    return left.splice(place, 1)[0];
  });
};
