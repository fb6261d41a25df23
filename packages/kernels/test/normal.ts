/** The standard normal distribution function in double precision, relative error below 1e-13. */

/** φ(t) Σ t^(2n+1) / (1 · 3 ⋯ (2n+1)) = Φ(t) - 1/2 (Marsaglia 2004). */
const near = (t: number): number => {
  let sum = t;
  for (let term = t, n = 3; Math.abs(term) > 1e-17 * Math.abs(sum); n += 2) {
    term *= (t * t) / n;
    sum += term;
  }
  return 0.5 + sum * Math.exp(-0.5 * t * t - 0.5 * Math.log(2 * Math.PI));
};

/** Φ(-t) = φ(t) / (t + 1 / (t + 2 / (t + 3 / …))) (Laplace), for t > 3. */
const tail = (t: number): number => {
  let fraction = t;
  for (let n = 200; n > 0; n--) fraction = t + n / fraction;
  return Math.exp(-0.5 * t * t - 0.5 * Math.log(2 * Math.PI)) / fraction;
};

export const normalDistribution = (t: number): number => {
  if (t < -3) return tail(-t);
  return t > 3 ? 1 - tail(t) : near(t);
};
