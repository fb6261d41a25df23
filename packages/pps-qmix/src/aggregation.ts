import { add, mul, type Parameters, type Tensor, tidy, zerosLike } from '@murmuration/core/tensors';

/** Which weights of an agent are averaged with those of others, by name. */
export type Share = (name: string) => boolean;

/** Named choices of what is averaged. */
export const shares = {
  all: () => true,
  /** PP-PPS as the paper tells it: the value layer is shared, features stay personal. */
  'PP-paper': (name) => name.startsWith('last/'),
  /** PP-PPS as the released code does it: the first layer and the recurrent weights are shared, the rest is personal. */
  'PP-code': (name) =>
    name.startsWith('first/') || name === 'gru/inputWeight' || name === 'gru/recurrentWeight',
} as const satisfies Readonly<Record<string, Share>>;

/** e^(r / temperature), normalised: the weights of RS-PPS (the released code's softmax has temperature 1). */
export const returnWeights = (returns: readonly number[], temperature: number): number[] => {
  const largest = Math.max(...returns);
  const powers = returns.map((each) => Math.exp((each - largest) / temperature));
  const total = powers.reduce((sum, each) => sum + each, 0);
  return powers.map((each) => each / total);
};

/** {@link returnWeights} of each group apart, by agent. */
export const weightsWithin = (
  groups: readonly (readonly number[])[],
  returns: readonly number[],
  temperature: number,
): number[] => {
  const weights = new Array<number>(returns.length).fill(0);
  for (const group of groups) {
    const own = returnWeights(
      group.map((agent) => returns[agent]),
      temperature,
    );
    group.forEach((agent, index) => {
      weights[agent] = own[index];
    });
  }
  return weights;
};

/** Agents by what they are, in the order in which each kind comes first. */
export const groupsOf = (kinds: readonly string[]): number[][] => {
  const groups = new Map<string, number[]>();
  kinds.forEach((kind, agent) => {
    const group = groups.get(kind) ?? [];
    group.push(agent);
    groups.set(kind, group);
  });
  return [...groups.values()];
};

/**
 * Periodic parameter sharing (PPS-QMIX, 2024): θ_i ← Σ_j w_j θ_j for every agent i of a group and every shared weight.
 * Only these weights change: targets, moments of optimisers and mixers stay as they are.
 * @param agents the weights of each agent, with equal names and shapes within a group
 * @param groups agents that share, by number; see `groupsOf`
 * @param weights of each agent, adding up to 1 in each group; equal where left out
 */
export const aggregate = (
  agents: readonly Parameters[],
  groups: readonly (readonly number[])[],
  share: Share = shares.all,
  weights?: readonly number[],
): void => {
  for (const group of groups) {
    for (const name of Object.keys(agents[group[0]]).filter(share)) {
      tidy(() => {
        const mean = group.reduce<Tensor>(
          (sum, agent) => add(sum, mul(agents[agent][name], weights ? weights[agent] : 1 / group.length)),
          zerosLike(agents[group[0]][name]),
        );
        for (const agent of group) agents[agent][name].assign(mean);
      });
    }
  }
};
