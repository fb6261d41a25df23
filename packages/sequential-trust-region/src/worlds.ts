import type { Capabilities, Defaults, EnvironmentSpec } from '@murmuration/core';
import type { TeamConfiguration } from './learner';

export const capabilities: Capabilities = {
  observations: ['discrete', 'box'],
  actions: ['discrete', 'box'],
  individualRewards: true,
  differentAgents: true,
  dyingAgents: true,
};

const severalSpecies = ({ agents }: EnvironmentSpec): boolean =>
  new Set(agents.map(({ species }) => species)).size > 1;

/** Values that depend on the world alone: opponents must share neither rewards nor networks. */
export const worldValues = (spec: EnvironmentSpec): Record<string, unknown> =>
  !spec.sharedReward && severalSpecies(spec)
    ? { rewards: 'own', sharing: 'species', critic: { sharing: 'species' } }
    : {};

/** What every learner here cannot do, whatever its rule. */
export const refuseTeam = (
  _spec: EnvironmentSpec,
  { rewards, rollout, network, critic }: TeamConfiguration,
): string | undefined => {
  if (network.recurrent && rollout % network.chunk !== 0) {
    return `network.chunk is ${network.chunk}, which does not divide rollout = ${rollout}; take a divisor`;
  }
  if (rewards === 'own' && critic.input === 'state' && critic.sharing === 'team') {
    return 'critic.input is state, one value for the team, but rewards is own; set critic.input=agent-state or rewards=team';
  }
  return undefined;
};

/** What learners that update agents in turn cannot do: they improve one return that all agents share. */
export const refuseRivals = (spec: EnvironmentSpec, { rewards }: TeamConfiguration): string | undefined =>
  rewards === 'own' && !spec.sharedReward
    ? 'its agents have different rewards and rewards is own; set rewards=team if they are one team'
    : undefined;

/** What trust region steps cannot do: one limit of divergence means different things for choices and for numbers. */
export const refuseMixedActions = ({ agents }: EnvironmentSpec): string | undefined => {
  const other = agents.find(({ action }) => action.kind !== agents[0].action.kind);
  if (!other) return undefined;
  const first = agents[0];
  return `agent ${first.id} has ${first.action.kind} actions and agent ${other.id} ${other.action.kind} ones, which trust region steps do not mix; take happo or clip-happo`;
};

/** Budgets and values that learn a world. */
export const defaultsFor = (spec: EnvironmentSpec): Defaults => ({
  steps: 1_000_000,
  copies: 16,
  values: worldValues(spec),
});
