import { boundFactor } from '@murmuration/core';

/**
 * How the product of the others' ratios is kept near 1: within 1 ± so much, within half of the policy's own clip (A2PO),
 * below 1 (the low-variance clip), or not.
 */
export type OthersClip = number | 'half' | 'bounded' | 'none';

/** @param own ε of the policy's clip @returns products as they are used */
export const clipOthers = (products: Float32Array, clip: OthersClip, own: number): Float32Array => {
  if (clip === 'none') return products;
  if (clip === 'bounded') return boundFactor(products, 'bounded');
  const most = clip === 'half' ? own / 2 : clip;
  return products.map((value) => Math.min(1 + most, Math.max(1 - most, value)));
};

/** Π over all agents but one, for each agent. @param ratios `[moment, agent]` @returns `[moment, agent]` */
export const othersOf = (ratios: Float32Array, agents: number): Float32Array => {
  const others = new Float32Array(ratios.length);
  for (let index = 0; index < ratios.length; index++) {
    const from = index - (index % agents);
    let product = 1;
    for (let agent = 0; agent < agents; agent++) {
      if (from + agent !== index) product *= ratios[from + agent];
    }
    others[index] = product;
  }
  return others;
};
