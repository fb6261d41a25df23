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

/** A random distribution over so many choices. */
const drawDistribution = (random: Random, choices: number): Float64Array => {
  const weights = Float64Array.from({ length: choices }, () => -Math.log(1 - random.uniform()));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
};

const totalVariation = (p: Float64Array, q: Float64Array): number =>
  0.5 * p.reduce((sum, value, index) => sum + Math.abs(value - q[index]), 0);

/** How near a random game comes to each bound: the left side over the right side, at most 1 where the bound holds. */
export interface Tightness {
  /** |E[(M − M̃) r A]| against max|A| · D_TV of those before. */
  readonly bias: number;
  /** |E[(M − M̃)(r − 1) A]| against 2 max|A| · D_TV of those before · D_TV of the agent. */
  readonly centred: number;
  /** E[(M̃ A)²] against E[A²]. */
  readonly secondMoment: number;
}

/**
 * One random game of one state: agents that choose independently, all but the last updated, the last about to be, and
 * an advantage for every joint choice. Everything is summed, nothing sampled; M̃ = min(1, M).
 */
export const drawGame = (random: Random): Tightness => {
  const before = 1 + random.integer(3);
  const choices = 2 + random.integer(2);
  const old = Array.from({ length: before + 1 }, () => drawDistribution(random, choices));
  const updated = Array.from({ length: before + 1 }, () => drawDistribution(random, choices));
  const joint = choices ** before;
  const oldJoint = new Float64Array(joint);
  const updatedJoint = new Float64Array(joint);
  for (let index = 0; index < joint; index++) {
    let [p, q] = [1, 1];
    for (let agent = 0, rest = index; agent < before; agent++, rest = Math.floor(rest / choices)) {
      p *= old[agent][rest % choices];
      q *= updated[agent][rest % choices];
    }
    oldJoint[index] = p;
    updatedJoint[index] = q;
  }
  const sums = { bias: 0, centred: 0, bounded: 0, plain: 0, most: 0 };
  for (let index = 0; index < joint; index++) {
    const factor = updatedJoint[index] / oldJoint[index];
    const used = Math.min(1, factor);
    for (let action = 0; action < choices; action++) {
      const weight = oldJoint[index] * old[before][action];
      const ratio = updated[before][action] / old[before][action];
      const advantage = random.normal();
      sums.bias += weight * (factor - used) * ratio * advantage;
      sums.centred += weight * (factor - used) * (ratio - 1) * advantage;
      sums.bounded += weight * (used * advantage) ** 2;
      sums.plain += weight * advantage ** 2;
      sums.most = Math.max(sums.most, Math.abs(advantage));
    }
  }
  const others = totalVariation(oldJoint, updatedJoint);
  const own = totalVariation(old[before], updated[before]);
  return {
    bias: Math.abs(sums.bias) / (sums.most * others),
    centred: Math.abs(sums.centred) / (2 * sums.most * others * own),
    secondMoment: sums.bounded / sums.plain,
  };
};

/** The worst of many games. */
export const worstOf = (games: number, random: Random): Tightness => {
  const worst = { bias: 0, centred: 0, secondMoment: 0 };
  for (let game = 0; game < games; game++) {
    const found = drawGame(random);
    for (const name of ['bias', 'centred', 'secondMoment'] as const) {
      worst[name] = Math.max(worst[name], found[name]);
    }
  }
  return worst;
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
