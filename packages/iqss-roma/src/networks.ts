import { type AgentSpec, encode, featuresOf, type Random, type Space, widthOf } from '@murmuration/core';
import { createDense, type DenseNetwork, type Tensor2D, tensor2d } from '@murmuration/core/tensors';

/** Values of one space, `[rows, widthOf(space)]`. */
export type Values = readonly [space: Space, values: ArrayLike<number>];

/**
 * What networks see of values as they stand in a frame: one-hot where discrete, as they are where not; several side by
 * side. @returns `[rows, sum of featuresOf(space)]`
 */
export const features = (rows: number, ...parts: readonly Values[]): Tensor2D => {
  const count = parts.reduce((sum, [space]) => sum + featuresOf(space), 0);
  const seen = new Float32Array(rows * count);
  let offset = 0;
  for (const [space, values] of parts) {
    const width = widthOf(space);
    for (let row = 0; row < rows; row++) encode(space, values, row * width, seen, row * count + offset);
    offset += featuresOf(space);
  }
  return tensor2d(seen, [rows, count]);
};

/** Spaces of one agent's networks. */
export interface NetworkSpaces {
  readonly observation: Space;
  /** Of the successors s′, the global state. */
  readonly state: Space;
  readonly action: Space;
}

export const spacesOf = ({ observation, action }: AgentSpec, state: Space): NetworkSpaces => ({
  observation,
  action,
  state,
});

/** Q(s, s′): both concatenated, to one value. */
export const createStateValue = (
  random: Random,
  { observation, state }: NetworkSpaces,
  hidden: readonly number[],
): DenseNetwork =>
  createDense(random, { inputs: featuresOf(observation) + featuresOf(state), hidden, outputs: 1 });

/** Q(s, ·): an observation to a value for each action. */
export const createActionValue = (
  random: Random,
  { observation, action }: NetworkSpaces,
  hidden: readonly number[],
): DenseNetwork =>
  createDense(random, { inputs: featuresOf(observation), hidden, outputs: featuresOf(action) });

/**
 * What follows (s, a): logits of P(s′ | s, a) where states are finite, else the features of one s′.
 */
export const createModel = (
  random: Random,
  { observation, action, state }: NetworkSpaces,
  hidden: readonly number[],
): DenseNetwork =>
  createDense(random, {
    inputs: featuresOf(observation) + featuresOf(action),
    hidden,
    outputs: featuresOf(state),
  });
