import type { Reduce } from '@murmuration/core';

/**
 * A2PO's adaptive clip for agents that have their own policies: ε (w k/n + 1 − w) for the k-th of n agents in the order,
 * so that early agents, on whose updates all later ones build, move less (Wang et al. 2023).
 * @param share w
 * @returns one for each position
 */
export const growingClips = (clip: number, agents: number, share = 0.5): Float32Array =>
  Float32Array.from(
    { length: agents },
    (_, position) => clip * ((share * (position + 1)) / agents + 1 - share),
  );

/**
 * A2PO's adaptive clip for agents that share a policy: an agent gets the less of ε the more its ratio and those of the
 * agents after it have moved. With z = |1 − r| + 1, w(j) = E[1 / Π of z(k) over k ≥ j], and ε w(j) / max w.
 * @param ratios `[moment, agent]`
 * @returns one for each agent
 */
export const ratioClips = async (
  clip: number,
  ratios: Float32Array,
  agents: number,
  reduce: Reduce,
): Promise<Float32Array> => {
  const sums = new Float64Array(agents);
  for (let from = 0; from < ratios.length; from += agents) {
    let product = 1;
    for (let agent = agents - 1; agent >= 0; agent--) {
      product *= Math.abs(1 - ratios[from + agent]) + 1;
      sums[agent] += 1 / product;
    }
  }
  const weights = Float32Array.from(sums);
  await reduce([weights]);
  const most = Math.max(...weights);
  return Float32Array.from(weights, (weight) => (clip * weight) / most);
};
