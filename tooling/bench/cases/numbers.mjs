/** The same numbers in every process: a linear congruential generator (Numerical Recipes), roughly uniform in ±`scale`. */
export const numbers = (seed = 1) => {
  let state = seed >>> 0;
  return (count, scale = 1) =>
    Float32Array.from({ length: count }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return (state / 2 ** 31 - 1) * scale;
    });
};
