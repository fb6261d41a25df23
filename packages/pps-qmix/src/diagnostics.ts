import {
  div,
  mean,
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

/** How far agents' weights lie from their mean: √ of the mean over agents of ‖θ_i − θ̄‖². */
export const parameterDistance = (agents: readonly Parameters[]): Promise<number> =>
  numberOf(() => {
    const squares = Object.keys(agents[0]).map((name) => {
      const all = stack(agents.map((each) => reshape(each[name], [-1])));
      return sum(square(sub(all, mean(all, 0, true))));
    });
    return sqrt(div(sum(stack(squares)), agents.length)) as Scalar;
  });

/**
 * How much networks differ about the same: the mean, over moments and actions, of the standard deviation of their values.
 * @param input `[time, batch, inputs]`
 * @param start `[batch, units]`
 */
export const valueDisagreement = (
  networks: readonly AgentNetwork[],
  input: Tensor3D,
  start: Tensor2D,
): Promise<number> =>
  numberOf(() => {
    const all = stack(networks.map((network) => network.forward(input, start).values));
    return mean(sqrt(mean(square(sub(all, mean(all, 0, true))), 0)));
  });
