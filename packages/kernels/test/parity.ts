import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';

/** One differentiable function of some tensors, and where to try it. */
export interface Case {
  /** The kernel whose gradient this case is there for. */
  readonly kernel: string;
  /** What sets it apart from the kernel's other cases. */
  readonly variant?: string;
  readonly inputs: readonly Input[];
  readonly compute: (...x: tf.Tensor[]) => tf.Tensor;
  /** False where only the first derivative is offered. */
  readonly second?: false;
}

export interface Input {
  readonly shape: number[];
  readonly values: Float32Array;
}

/** Numbers in [low, high), the same for the same seed (Weyl's sequence: spread evenly, never equal). */
export function spread(shape: number[], low: number, high: number, seed = 1): Input {
  const count = shape.reduce((product, length) => product * length, 1);
  const values = Float32Array.from({ length: count }, (_, index) => {
    const fraction = ((index + 1) * 0.6180339887498949 + seed * 0.7548776662466927) % 1;
    return low + (high - low) * fraction;
  });
  return { shape, values };
}

/** Numbers in ±[0.25, 1.5): smooth functions with a kink at zero are smooth around each of them. */
export function awayFromZero(shape: number[], seed = 1): Input {
  const { values } = spread(shape, -1, 1, seed);
  return { shape, values: values.map((value) => Math.sign(value) * 0.25 + 1.25 * value) };
}

/** A permutation of numbers 0.25 apart around zero: no two within reach of a finite difference. */
export function distinct(shape: number[], seed = 1): Input {
  const { values } = spread(shape, 0, 1, seed);
  const sorted = [...values].sort((a, b) => a - b);
  return { shape, values: values.map((value) => 0.25 * (sorted.indexOf(value) - values.length / 2) + 0.1) };
}

const weight = (index: number): number => 0.6 + 0.4 * Math.sin(1 + 1.3 * index);

/** The scalar that is differentiated: Σ w·(y + y²/2). The square keeps second derivatives of linear functions alive. */
export function objective(compute: Case['compute']): (...x: tf.Tensor[]) => tf.Tensor {
  return (...x) => {
    const y = tf.reshape(compute(...x), [-1]);
    const weights = tf.tensor1d(Array.from({ length: y.size }, (_, index) => weight(index)));
    return tf.sum(tf.mul(weights, tf.add(y, tf.mul(0.5, tf.square(y)))));
  };
}

export async function withTensors<Result>(
  inputs: readonly Input[],
  run: (tensors: tf.Tensor[]) => Promise<Result>,
): Promise<Result> {
  const tensors = inputs.map(({ shape, values }) => tf.tensor(values, shape));
  try {
    return await run(tensors);
  } finally {
    tf.dispose(tensors);
  }
}

async function read(tensors: tf.Tensor[]): Promise<number[][]> {
  const values = await Promise.all(tensors.map((tensor) => tensor.data()));
  tf.dispose(tensors);
  return values.map((numbers) => [...numbers]);
}

/** Gradient of the objective with respect to each input, on the present backend. */
export const gradients = ({ compute }: Case, inputs: readonly Input[]): Promise<number[][]> =>
  withTensors(inputs, (tensors) => read(tf.grads(objective(compute))(tensors)));

/** Product of the objective's Hessian with `direction`, by a gradient of a gradient, on the present backend. */
export const hessianProduct = (
  { compute }: Case,
  inputs: readonly Input[],
  direction: readonly Input[],
): Promise<number[][]> =>
  withTensors(direction, (along) =>
    withTensors(inputs, (tensors) => {
      const slope = (...x: tf.Tensor[]) =>
        tf.addN(
          tf
            .grads(objective(compute))(x)
            .map((dx, index) => tf.sum(tf.mul(dx, along[index]))),
        );
      return read(tf.grads(slope)(tensors));
    }),
  );

/** The objective in float64 from the float32 outputs. */
const evaluate = ({ compute }: Case, inputs: readonly Input[]): Promise<number> =>
  withTensors(inputs, async (tensors) => {
    const [y] = await read([tf.tidy(() => compute(...tensors))]);
    return y.reduce((total, value, index) => total + weight(index) * (value + 0.5 * value * value), 0);
  });

const stepSize = 0.02;

export const moved = (inputs: readonly Input[], direction: readonly Input[], distance: number): Input[] =>
  inputs.map(({ shape, values }, index) => ({
    shape,
    values: values.map((value, position) => value + distance * direction[index].values[position]),
  }));

/**
 * Derivative of `at` at 0 by a five-point central difference: its truncation error goes with step⁴, so that the step
 * can be large enough (0.02) for float32's rounding to stay near 1e-5.
 */
async function fivePoint(at: (distance: number) => Promise<number[]>): Promise<number[]> {
  const [far, near, back, farBack] = [
    await at(2 * stepSize),
    await at(stepSize),
    await at(-stepSize),
    await at(-2 * stepSize),
  ];
  return near.map(
    (value, index) => (8 * (value - back[index]) - (far[index] - farBack[index])) / (12 * stepSize),
  );
}

/** Finite differences of the objective with respect to each element of each input. */
export async function differences(tested: Case, inputs: readonly Input[]): Promise<number[][]> {
  const result: number[][] = [];
  for (const [which, { values }] of inputs.entries()) {
    const slopes: number[] = [];
    for (let element = 0; element < values.length; element++) {
      const direction = inputs.map(({ shape, values: all }, index) => ({
        shape,
        values: all.map((_, position) => (index === which && position === element ? 1 : 0)),
      }));
      const at = async (distance: number) => [await evaluate(tested, moved(inputs, direction, distance))];
      slopes.push(...(await fivePoint(at)));
    }
    result.push(slopes);
  }
  return result;
}

/** Finite differences of the gradient along `direction`: what hessianProduct ought to give. */
export async function gradientDifferences(
  tested: Case,
  inputs: readonly Input[],
  direction: readonly Input[],
): Promise<number[][]> {
  const flat = await fivePoint(async (distance) =>
    (await gradients(tested, moved(inputs, direction, distance))).flat(),
  );
  let start = 0;
  return inputs.map(({ values }) => flat.slice(start, (start += values.length)));
}

/** The largest difference between two lists, relative to the largest number in them (at least 1). */
export function discrepancy(actual: number[][], expected: number[][]): number {
  const [left, right] = [actual.flat(), expected.flat()];
  if (left.length !== right.length) return Number.POSITIVE_INFINITY;
  const scale = Math.max(1, ...right.map(Math.abs));
  const worst = left.reduce((largest, value, index) => {
    const difference = Math.abs(value - right[index]) / scale;
    return Number.isNaN(difference) || difference > largest ? difference : largest;
  }, 0);
  return worst;
}
