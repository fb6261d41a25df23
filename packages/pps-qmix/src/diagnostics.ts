import {
  div,
  mean,
  mul,
  type Parameters,
  reshape,
  type Scalar,
  sqrt,
  square,
  stack,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  tidy,
} from '@murmuration/core/tensors';
import type { AgentNetwork } from './networks';

const numberOf = async (compute: () => Tensor): Promise<number> => {
  const scalar = tidy(compute);
  const [value] = await scalar.data();
  scalar.dispose();
  return value;
};

type Groups = readonly (readonly number[])[];

/** Squared differences from the mean, of tensors of one shape: `[tensor, …]`. */
const squaresFromMean = (tensors: readonly Tensor[]): Tensor => {
  const all = stack([...tensors]);
  return square(sub(all, mean(all, 0, true)));
};

/**
 * How far agents' weights lie from the mean of their group: √ of the mean over agents of ‖θ_i − θ̄‖².
 * @param groups agents that share, by number; each agent in one of them
 */
export const parameterDistance = (agents: readonly Parameters[], groups: Groups): Promise<number> =>
  numberOf(() => {
    const squares = groups.flatMap((group) =>
      Object.keys(agents[group[0]]).map((name) =>
        sum(squaresFromMean(group.map((agent) => reshape(agents[agent][name], [-1])))),
      ),
    );
    return sqrt(div(sum(stack(squares)), agents.length)) as Scalar;
  });

/**
 * How much networks of a group differ about the same: the mean, over moments, actions and networks, of the standard
 * deviation of their values.
 * @param groups networks that share, by number; each network in one of them
 * @param input `[time, batch, inputs]`
 * @param start `[batch, units]`
 * @param mask 1 for moments that count, else 0: `[time, batch]`
 */
export const valueDisagreement = (
  networks: readonly AgentNetwork[],
  groups: Groups,
  input: Tensor3D,
  start: Tensor2D,
  mask: Tensor2D,
): Promise<number> =>
  numberOf(() => {
    const parts = groups.map((group) => {
      const values = group.map((index) => networks[index].forward(input, start).values);
      const deviation = mean(sqrt(mean(squaresFromMean(values), 0)), 2);
      return mul(sum(mul(deviation, mask)), group.length / networks.length);
    });
    return div(sum(stack(parts)), sum(mask));
  });
