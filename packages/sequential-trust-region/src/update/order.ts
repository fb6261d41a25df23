import { permutation, type Random } from '@murmuration/core';

export type Order = 'semi-greedy' | 'greedy' | 'random' | 'fixed';

/** Mean of |Â / V| of each agent, by which A2PO ranks them. Both `[moment, agent]`. */
export const scoresOf = (
  advantages: Float32Array,
  predictions: Float32Array,
  agents: number,
): Float32Array => {
  const scores = new Float32Array(agents);
  for (let index = 0; index < advantages.length; index++) {
    scores[index % agents] += Math.abs(advantages[index] / predictions[index]);
  }
  return scores.map((sum) => (sum * agents) / advantages.length);
};

/** The agents from the highest score to the lowest. */
const ranked = (scores: Float32Array): number[] =>
  Array.from(scores.keys()).sort((a, b) => scores[b] - scores[a] || a - b);

/**
 * The agents in the order in which they learn. Semi-greedy takes in turn the best of those left and one of them at
 * random (A2PO, Wang et al. 2023).
 * @param scores one for each agent; looked at by the greedy orders only
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
