/** Σ a b */
export const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += a[index] * b[index];
  return sum;
};

export interface Solution {
  readonly x: Float64Array;
  /** xᵀ A x, which follows from the residual without another product. */
  readonly curvature: number;
}

/**
 * Solve A x = b for a symmetric positive A that is known only by its products (Hestenes and Stiefel 1952), from x = 0.
 * @param multiply A v
 * @param iterations at most so many products
 * @param tolerance stops where the squared length of the residual falls below it
 */
export const conjugateGradient = async (
  multiply: (vector: Float64Array) => Promise<Float64Array>,
  b: Float64Array,
  iterations: number,
  tolerance = 1e-10,
): Promise<Solution> => {
  const x = new Float64Array(b.length);
  const residual = b.slice();
  const direction = b.slice();
  let square = dot(residual, residual);
  for (let iteration = 0; iteration < iterations && square >= tolerance; iteration++) {
    const product = await multiply(direction);
    const step = square / dot(direction, product);
    for (let index = 0; index < x.length; index++) {
      x[index] += step * direction[index];
      residual[index] -= step * product[index];
    }
    const before = square;
    square = dot(residual, residual);
    for (let index = 0; index < x.length; index++) {
      direction[index] = residual[index] + (square / before) * direction[index];
    }
  }
  return { x, curvature: dot(x, b) - dot(x, residual) };
};
