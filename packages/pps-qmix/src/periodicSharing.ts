import type { EnvironmentSpec, Metrics, Policy, State, UpdateContext } from '@murmuration/core';
import { stateNumber } from '@murmuration/core';
import { type Tensor2D, type Tensor3D, tensor, tidy, zeros } from '@murmuration/core/tensors';
import { aggregate, groupsOf, shares, weightsWithin } from './aggregation';
import type { EpisodeBatch } from './batch';
import type { ValueConfiguration } from './config';
import { parameterDistance, valueDisagreement } from './diagnostics';
import type { TeamNetworks } from './networks';
import { earningsOf } from './weighing';
import type { InputWriter } from './world';

/** Aggregates a team's networks every K updates, and tells what that changed. */
export interface PeriodicSharing {
  /** @returns what there is to log; nothing where it is not due. */
  shareIfDue(update: number, batch: EpisodeBatch, context: UpdateContext): Promise<Metrics>;
  save(): State;
  restore(state: State): void;
}

export const createPeriodicSharing = (
  spec: EnvironmentSpec,
  policy: Policy,
  team: TeamNetworks,
  writer: InputWriter,
  { aggregation, hiddenUnits }: ValueConfiguration,
): PeriodicSharing => {
  const { rule, every, temperature, episodes } = aggregation;
  const groups = groupsOf(spec.agents.map(({ species }) => (aggregation.groups === 'all' ? 'all' : species)));
  const parameters = team.networks.map((network) => network.parameters);
  const everyone = [parameters.map((_, index) => index)];
  /** What RS-PPS has played to weigh networks. */
  let played = { episodes: 0, steps: 0 };

  /** By what each network earns when all agents use it, whatever their kind. */
  const weigh = async (context: UpdateContext): Promise<number[]> => {
    const { returns, steps } = await earningsOf({ policy }, parameters, everyone, episodes, context);
    played = {
      episodes: played.episodes + episodes * parameters.length,
      steps: played.steps + steps,
    };
    return weightsWithin(groups, returns, temperature);
  };

  /** About the steps that the first network was fed last. */
  const disagreement = async ({ time, episodes, inputs, mask }: EpisodeBatch): Promise<number> => {
    const played = inputs[0].subarray(0, time * episodes * writer.width);
    const given = tidy(() => ({
      input: tensor(played, [time, episodes, writer.width]) as Tensor3D,
      start: zeros([episodes, hiddenUnits]) as Tensor2D,
      mask: tensor(mask, [time, episodes]) as Tensor2D,
    }));
    const found = await valueDisagreement(team.networks, groups, given.input, given.start, given.mask);
    for (const each of Object.values(given)) each.dispose();
    return found;
  };

  return {
    async shareIfDue(update, batch, context): Promise<Metrics> {
      if (rule === 'none' || update % every !== 0) return {};
      const distanceBefore = await parameterDistance(parameters, groups);
      const disagreementBefore = await disagreement(batch);
      if (rule === 'RS') aggregate(parameters, groups, shares.all, await weigh(context));
      else aggregate(parameters, groups, rule === 'A' ? shares.all : shares[rule]);
      return {
        distanceBefore,
        distanceAfter: await parameterDistance(parameters, groups),
        disagreementBefore,
        disagreementAfter: await disagreement(batch),
        aggregationEpisodes: played.episodes,
        aggregationSteps: played.steps,
      };
    },
    save: () => ({ ...played }),
    restore(state) {
      played = { episodes: stateNumber(state, 'episodes'), steps: stateNumber(state, 'steps') };
    },
  };
};
