import type { Reduce } from '@murmuration/core';
import {
  add,
  gradientsOf,
  keep,
  type Optimiser,
  type Parameters,
  type Scalar,
  stack,
  type Tensor,
  tensor,
  tidy,
  zeros,
} from '@murmuration/core/tensors';

/** A loss, and what else is worth knowing of a batch; each is one piece's share of a sum. */
export interface Measured {
  readonly loss: Scalar;
  readonly others: readonly Scalar[];
}

/** What is measured of a batch, piece by piece. A worker that has none of a minibatch has no pieces. */
export interface Measures {
  readonly pieces: readonly (() => Measured)[];
  /** How many others there are beside the loss. */
  readonly others: number;
}

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

type Sums = {
  readonly gradients: Readonly<Record<string, Tensor>>;
  /** The loss and the others. */
  readonly measures: Tensor;
};

const nothing = (parameters: Parameters, others: number): Sums => ({
  gradients: Object.fromEntries(
    Object.entries(parameters).map(([name, { shape }]) => [name, zeros([...shape])]),
  ),
  measures: zeros([1 + others]),
});

const sumsOf = (parameters: Parameters, measure: () => Measured): Sums => {
  let measures: Tensor | undefined;
  const { gradients } = gradientsOf(() => {
    const { loss, others } = measure();
    measures = keep(stack([loss, ...others]));
    return loss;
  }, parameters);
  return { gradients, measures: measures as Tensor };
};

/** The sums given are disposed. */
const addUp = (one: Sums, other: Sums): Sums => {
  const found = {
    gradients: Object.fromEntries(
      Object.entries(one.gradients).map(([name, each]) => [name, add(each, other.gradients[name])]),
    ),
    measures: add(one.measures, other.measures),
  };
  for (const { gradients, measures } of [one, other]) {
    for (const each of [...Object.values(gradients), measures]) each.dispose();
  }
  return found;
};

/** Gradients and measures of a loss, summed over the pieces of a batch and over all workers. Dispose the gradients. */
export const differentiate = async (
  parameters: Parameters,
  { pieces, others }: Measures,
  reduce: Reduce,
): Promise<{ gradients: Record<string, Tensor>; measures: Float32Array }> => {
  let sums: Sums | undefined;
  for (const piece of pieces) {
    const found = tidy(() => sumsOf(parameters, piece));
    sums = sums ? addUp(sums, found) : found;
  }
  const own = sums ?? nothing(parameters, others);
  const gradients = await sumOver(own.gradients, reduce);
  const measures = ((await own.measures.data()) as Float32Array).slice();
  own.measures.dispose();
  await reduce([measures]);
  return { gradients, measures };
};

/** One step of the optimiser down a loss. @returns the loss and the other measures, over all workers */
export const descend = async (
  parameters: Parameters,
  optimiser: Optimiser,
  measures: Measures,
  reduce: Reduce,
): Promise<Float32Array> => {
  const found = await differentiate(parameters, measures, reduce);
  tidy(() => optimiser.step(found.gradients));
  for (const gradient of Object.values(found.gradients)) gradient.dispose();
  return found.measures;
};
