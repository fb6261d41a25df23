import {
  add,
  argMax,
  concat,
  constantOf,
  type Gradients,
  gradientsOf,
  keep,
  matMul,
  meanSquaredError,
  mul,
  oneHot,
  type Parameters,
  reshape,
  type Scalar,
  slice,
  sum,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  type Tensor4D,
  tensor,
  tile,
  zeros,
} from '@murmuration/core/tensors';
import { type EpisodeBatch, playedSteps } from './batch';
import { lambdaWeights } from './loss';
import type { Mixer } from './mixers';
import type { TeamNetworks } from './networks';
import type { WorldSizes } from './world';

export interface UpdateOptions {
  readonly discount: number;
  readonly lambda: number;
  /** Whether the online networks choose the action whose value the target's give (van Hasselt et al. 2016). */
  readonly doubleQ: boolean;
  /** Of the recurrent units. */
  readonly units: number;
}

/** What is learned, and the copies that make targets. */
export interface Valuers {
  readonly team: TeamNetworks;
  readonly mixer: Mixer;
  readonly targetTeam: Parameters;
  readonly targetMixer: Parameters;
  /** All that is learned, joined. */
  readonly parameters: Parameters;
}

type OfValues = Omit<Valuers, 'parameters'>;

export interface LossAndGradients {
  readonly loss: Scalar;
  /** Sums over played steps of the (mixed) values of what was done, and of their targets. */
  readonly value: Scalar;
  readonly target: Scalar;
  readonly gradients: Gradients;
}

/** A batch as tensors. `[time + 1, episode, …]` unless it says otherwise. */
const tensorsOf = (batch: EpisodeBatch, { agents, actions, state }: WorldSizes, members: number) => {
  const { time, episodes } = batch;
  const moments = (time + 1) * episodes;
  const columns = batch.rewards.length / moments;
  const rows = episodes * members;
  return {
    columns,
    inputs: batch.inputs.map(
      (each) => tensor(each, [time + 1, rows, each.length / ((time + 1) * rows)]) as Tensor3D,
    ),
    /** `[(time + 1) · episode, features]` */
    states: tensor(batch.states, [moments, state]) as Tensor2D,
    unavailable: tensor(batch.unavailable, [time + 1, episodes, agents, actions]),
    /** `[time, episode, agent, action]` */
    taken: tensor(batch.taken, [time, episodes, agents, actions]),
    rewards: tensor(batch.rewards, [time + 1, episodes, columns]),
    next: tensor(batch.next, [time + 1, episodes, 1]),
    last: tensor(batch.last, [time + 1, episodes, 1]),
    /** `[time · episode, column]` */
    mask: tile(tensor(batch.mask, [time * episodes, 1]), [1, columns]) as Tensor2D,
  };
};

const steps = (x: Tensor, count: number): Tensor => slice(x, 0, count);

/** Of one group: its mean squared error, and the sums of values and targets. */
const lossOf = (
  batch: EpisodeBatch,
  sizes: WorldSizes,
  { team, mixer, targetTeam, targetMixer }: OfValues,
  options: UpdateOptions,
): Record<'loss' | 'value' | 'target', Tensor> => {
  const { time, episodes } = batch;
  const { agents, actions } = sizes;
  const given = tensorsOf(batch, sizes, team.members);
  const { columns, inputs, states, mask } = given;
  const start = zeros([episodes * team.members, options.units]) as Tensor2D;
  const weights = tensor(lambdaWeights(time, options.discount, options.lambda), [time, time + 1]) as Tensor2D;

  /** `[time · episode, column]` from the online values. */
  const targets = (values: Tensor4D): Tensor2D => {
    const targetValues = team.values(inputs, start, targetTeam);
    const best = oneHot(argMax(add(options.doubleQ ? values : targetValues, given.unavailable), 3), actions);
    const chosen = reshape(sum(mul(targetValues, best), 3), [-1, agents]) as Tensor2D;
    const mixed = reshape(mixer.mix(chosen, states, targetMixer), [time + 1, episodes, columns]);
    const following = concat([slice(mixed, [1, 0, 0]), zeros([1, episodes, columns])], 0);
    const parts = add(given.rewards, add(mul(following, given.next), mul(mixed, given.last)));
    const returns = matMul(weights, reshape(parts, [time + 1, episodes * columns]) as Tensor2D);
    return reshape(returns, [time * episodes, columns]) as Tensor2D;
  };

  const values = team.values(inputs, start);
  const goal = constantOf(values, (x) => targets(x as Tensor4D)) as Tensor2D;
  const chosen = reshape(sum(mul(steps(values, time), given.taken), 3), [-1, agents]) as Tensor2D;
  const mixed = mixer.mix(chosen, steps(states, time * episodes) as Tensor2D);
  return {
    loss: meanSquaredError(mixed, goal, mask),
    value: sum(mul(mixed, mask)),
    target: sum(mul(goal, mask)),
  };
};

/**
 * Squared error of λ-returns over whole episodes (pymarl's and pymarl2's learners), and its gradients. Call it inside
 * `tidy`. Every agent's values are unrolled once from an empty memory, the target's too, from the first moment on.
 * @param groups the batch in parts: their mean is over all steps that were played, however they are grouped
 */
export const lossAndGradients = (
  groups: readonly EpisodeBatch[],
  sizes: WorldSizes,
  { parameters, ...valuers }: Valuers,
  options: UpdateOptions,
): LossAndGradients => {
  const played = groups.map(playedSteps);
  const all = played.reduce((sum, each) => sum + each, 0);
  const parts: Record<'value' | 'target', Tensor>[] = [];
  const { loss, gradients } = gradientsOf(() => {
    const losses = groups.map((group, index) => {
      const { loss, value, target } = lossOf(group, sizes, valuers, options);
      parts.push({ value: keep(value), target: keep(target) });
      return mul(loss, played[index] / all);
    });
    return losses.reduce((sum, each) => add(sum, each)) as Scalar;
  }, parameters);
  const total = (name: 'value' | 'target'): Scalar =>
    parts.map((each) => each[name]).reduce((sum, each) => add(sum, each)) as Scalar;
  return { loss, value: total('value'), target: total('target'), gradients };
};
