import type { Tensor, Variable } from '@tensorflow/tfjs-core';

/** What a step changes: parameters and, index by index, their gradients and the optimiser's memory of them. */
export interface Moments {
  readonly parameters: readonly Variable[];
  /** Only read. */
  readonly gradients: readonly Tensor[];
  /** Running means of the gradients; zeros before the first step. */
  readonly means: readonly Variable[];
  /** Running means of the squared gradients; zeros before the first step. */
  readonly squares: readonly Variable[];
  /** Number of this step, from 1: with the moments, all that an exact resume needs. */
  readonly step: number;
}

export interface AdamOptions {
  readonly learningRate: number;
  /** Decay of the means. @default 0.9 */
  readonly meanDecay?: number;
  /** Decay of the means of squares. @default 0.999 */
  readonly squareDecay?: number;
  /** @default 1e-8 */
  readonly epsilon?: number;
  /** Largest length of all gradients together; longer ones are shortened to it. @default none */
  readonly maximumNorm?: number;
}

export interface RmspropOptions {
  readonly learningRate: number;
  /** Decay of the means of squares. @default 0.99 */
  readonly squareDecay?: number;
  /** @default 1e-8 */
  readonly epsilon?: number;
  /** Largest length of all gradients together; longer ones are shortened to it. @default none */
  readonly maximumNorm?: number;
}

/** The numbers of one step that Adam and RAdam share. */
export interface MomentStep {
  readonly meanDecay: number;
  readonly squareDecay: number;
  /** What the running mean is multiplied with. */
  readonly rate: number;
  /** What the running mean of squares is multiplied with before its root. */
  readonly squareScale: number;
  readonly epsilon: number;
  /** Whether to divide by the root at all. */
  readonly adaptive: boolean;
  readonly maximumNorm?: number;
}

/** @throws before anything is changed, unless `step` is a whole number from 1 and the rate a number */
export const checkNumbers = (name: string, learningRate: number, step = 1): void => {
  if (!Number.isInteger(step) || step < 1)
    throw new Error(`@murmuration/kernels: ${name} counts steps from 1, found ${step}`);
  if (!Number.isFinite(learningRate))
    throw new Error(`@murmuration/kernels: ${name} needs a learning rate, found ${learningRate}`);
};

/** @throws before anything is changed, if lists or shapes differ or a tensor is not float32, or disposed */
export const checkLists = (name: string, lists: Readonly<Record<string, readonly Tensor[]>>): void => {
  const { parameters } = lists;
  for (const [kind, list] of Object.entries(lists)) {
    if (list.length !== parameters.length) {
      throw new Error(
        `@murmuration/kernels: ${name} got ${list.length} ${kind} for ${parameters.length} parameters`,
      );
    }
    list.forEach((tensor, i) => {
      const { shape } = parameters[i];
      if (tensor.isDisposed) throw new Error(`@murmuration/kernels: ${name}: ${kind}[${i}] is disposed`);
      if (tensor.dtype !== 'float32' || tensor.shape.join() !== shape.join()) {
        const found = `${tensor.dtype} [${tensor.shape}]`;
        throw new Error(
          `@murmuration/kernels: ${name}: ${kind}[${i}] is ${found}, parameter ${i} is float32 [${shape}]`,
        );
      }
    });
  }
};
