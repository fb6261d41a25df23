import type { Reduce } from '@murmuration/core';
import {
  gradientsOf,
  keep,
  mul,
  type Optimiser,
  type Parameters,
  type Scalar,
  stack,
  sum,
  type Tensor,
  tensor,
  tidy,
} from '@murmuration/core/tensors';

/** A loss, and what else is worth knowing of the batch; each is one worker's share of a sum. */
export interface Measured {
  readonly loss: Scalar;
  readonly others: readonly Scalar[];
}

/** What a worker measures that has none of a minibatch: zeros, with a gradient of 0 for every weight. @param others how many */
export const measureNothing = (parameters: Parameters, others: number): Measured => {
  const loss = mul(sum(stack(Object.values(parameters).map((weights) => sum(weights)))), 0) as Scalar;
  return { loss, others: Array.from({ length: others }, () => loss) };
};

/** Add up tensors over all workers. The tensors given are disposed. */
export const sumOver = async <Names extends string>(
  tensors: Readonly<Record<Names, Tensor>>,
  reduce: Reduce,
): Promise<Record<Names, Tensor>> => {
  const names = Object.keys(tensors) as Names[];
  const arrays = await Promise.all(
    names.map(async (name) => ((await tensors[name].data()) as Float32Array).slice()),
  );
  await reduce(arrays);
  const sums = names.map((name, index) => [name, tensor(arrays[index], tensors[name].shape)] as const);
  for (const name of names) tensors[name].dispose();
  return Object.fromEntries(sums) as Record<Names, Tensor>;
};

/** Gradients and measures of a loss, summed over all workers. Dispose the gradients. */
export const differentiate = async (
  parameters: Parameters,
  measure: () => Measured,
  reduce: Reduce,
): Promise<{ gradients: Record<string, Tensor>; measures: Float32Array }> => {
  const found = tidy(() => {
    let measures: Tensor | undefined;
    const { gradients } = gradientsOf(() => {
      const { loss, others } = measure();
      measures = keep(stack([loss, ...others]));
      return loss;
    }, parameters);
    return { gradients: { ...gradients }, measures: measures as Tensor };
  });
  const gradients = await sumOver(found.gradients, reduce);
  const measures = ((await found.measures.data()) as Float32Array).slice();
  found.measures.dispose();
  await reduce([measures]);
  return { gradients, measures };
};

/** One step of the optimiser down a loss. @returns the loss and the other measures, over all workers */
export const descend = async (
  parameters: Parameters,
  optimiser: Optimiser,
  measure: () => Measured,
  reduce: Reduce,
): Promise<Float32Array> => {
  const { gradients, measures } = await differentiate(parameters, measure, reduce);
  tidy(() => optimiser.step(gradients));
  for (const gradient of Object.values(gradients)) gradient.dispose();
  return measures;
};
