import type { Random } from '@murmuration/core';

/** A random distribution over so many choices. */
export const drawDistribution = (random: Random, choices: number): Float64Array => {
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
  /** Var(M A) against max A² · Π (1 + χ²) of those before. */
  readonly variance: number;
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
  const sums = { bias: 0, centred: 0, bounded: 0, plain: 0, most: 0, product: 0, productSquared: 0 };
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
      sums.product += weight * factor * advantage;
      sums.productSquared += weight * (factor * advantage) ** 2;
      sums.most = Math.max(sums.most, Math.abs(advantage));
    }
  }
  const others = totalVariation(oldJoint, updatedJoint);
  const own = totalVariation(old[before], updated[before]);
  // 1 + χ² = E[r²] of each agent before.
  const spread = old
    .slice(0, before)
    .map((p, agent) => p.reduce((sum, value, action) => sum + updated[agent][action] ** 2 / value, 0))
    .reduce((product, moment) => product * moment, 1);
  return {
    bias: Math.abs(sums.bias) / (sums.most * others),
    centred: Math.abs(sums.centred) / (2 * sums.most * others * own),
    secondMoment: sums.bounded / sums.plain,
    variance: (sums.productSquared - sums.product ** 2) / (sums.most ** 2 * spread),
  };
};

/** The worst of many games. */
export const worstOf = (games: number, random: Random): Tightness => {
  const worst = { bias: 0, centred: 0, secondMoment: 0, variance: 0 };
  for (let game = 0; game < games; game++) {
    const found = drawGame(random);
    for (const name of ['bias', 'centred', 'secondMoment', 'variance'] as const) {
      worst[name] = Math.max(worst[name], found[name]);
    }
  }
  return worst;
};
