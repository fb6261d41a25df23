import { type Random, randomFrom } from '@murmuration/core';

/** Variances of M Â and of min(1, M) Â. */
export interface Variances {
  readonly product: number;
  readonly bounded: number;
}

/**
 * By simulation, for agents with normal policies whose means an update has shifted by `shift` deviations: at a position
 * with so many agents before it, M = Π exp(d x − d²/2) with x standard normal, and Â is standard normal and independent.
 * E[M²] = exp(d²) to the power of their number.
 */
export const simulateVariances = (
  preceding: number,
  shift: number,
  samples: number,
  random: Random,
): Variances => {
  let product = 0;
  let bounded = 0;
  for (let sample = 0; sample < samples; sample++) {
    // The sum of so many independent normal logarithms is one.
    const factor = Math.exp(shift * Math.sqrt(preceding) * random.normal() - (preceding * shift * shift) / 2);
    const square = random.normal() ** 2;
    product += factor * factor * square;
    bounded += Math.min(1, factor) ** 2 * square;
  }
  return { product: product / samples, bounded: bounded / samples };
};

/** Positions of the specification's simulation, and what it found with shifts of 0.3. */
export const simulated: readonly (readonly [position: number, product: number, bounded: number])[] = [
  [1, 1, 1],
  [2, 1.1, 0.8],
  [4, 1.31, 0.68],
  [8, 1.87, 0.57],
  [16, 3.7, 0.44],
  [30, 13, 0.32],
];

/** The simulation again. */
export const simulateAll = (samples: number): Variances[] =>
  simulated.map(([position]) =>
    simulateVariances(position - 1, 0.3, samples, randomFrom(0, 'theory', position)),
  );

/** Whether so many samples found what they should: exp(d²) to the power of those before, and what was simulated. */
export const foundAgain = ({ product, bounded }: Variances, index: number): boolean => {
  const [position, , expected] = simulated[index];
  const exact = Math.exp(0.09 * (position - 1));
  // The tail of the product is long, and so its estimate rough.
  const rough = position > 20 ? 0.4 : 0.06;
  return Math.abs(product / exact - 1) < rough && Math.abs(bounded - expected) < 0.02;
};
