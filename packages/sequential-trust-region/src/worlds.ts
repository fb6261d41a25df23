import type { Capabilities, Defaults, EnvironmentSpec } from '@murmuration/core';
import type { SimultaneousConfiguration } from './config';
import { groupsOf } from './groups';
import type { TeamConfiguration } from './team';

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

/** What A2PO cannot do: blocks are of agents that share a policy. */
export const refuseBlocks = (
  spec: EnvironmentSpec,
  { blocks, sharing }: Pick<TeamConfiguration, 'sharing'> & { readonly blocks: number },
): string | undefined => {
  const team = spec.agents.length;
  return blocks > 1 && team > 1 && groupsOf(spec, sharing).length === team
    ? `blocks is ${blocks}, but every agent has a policy of its own and learns by itself; set blocks=1 or sharing=team`
    : undefined;
};

/** What an actor and a critic on one trunk must have in common. */
export const refuseTrunk = (configuration: SimultaneousConfiguration): string | undefined => {
  const { network, sharing, policy, critic } = configuration;
  if (!network.shareTrunk) return undefined;
  if (critic.input !== 'observation') {
    return `network.shareTrunk is true, so critics see what actors see, but critic.input is ${critic.input}; set critic.input=observation or network.shareTrunk=false`;
  }
  if (critic.sharing !== sharing) {
    return `network.shareTrunk is true, so critics are shared as actors are, but sharing is ${sharing} and critic.sharing is ${critic.sharing}; set critic.sharing=${sharing}`;
  }
  const numbers = ['epochs', 'minibatches', 'learningRate', 'maximumNorm'] as const;
  const other = numbers.find((name) => policy[name] !== critic[name]);
  return other
    ? `network.shareTrunk is true, so actors and critics learn in the same steps, but policy.${other} is ${policy[other]} and critic.${other} is ${critic[other]}; set both alike`
    : undefined;
};

/** What trust region steps cannot do: one limit of divergence means different things for choices and for numbers. */
export const refuseMixedActions = ({ agents }: EnvironmentSpec): string | undefined => {
  const other = agents.find(({ action }) => action.kind !== agents[0].action.kind);
  if (!other) return undefined;
  const first = agents[0];
  return `agent ${first.id} has ${first.action.kind} actions and agent ${other.id} ${other.action.kind} ones, which trust region steps do not mix; take happo or clip-happo`;
};

/** A whole tree of values under those of the world alone. */
const withWorld = (spec: EnvironmentSpec, values: Record<string, unknown>): Record<string, unknown> => {
  const world = worldValues(spec);
  const critic = { ...(values.critic as object), ...(world.critic as object) };
  return { ...values, ...world, critic };
};

const familyOf = ({ id }: EnvironmentSpec): string => id.split('/')[0];

/** Steps, copies and shape of rollouts that learn the worlds of a family. */
export const budgetOf = (spec: EnvironmentSpec): { steps: number; copies: number; rollout: number } => {
  const family = familyOf(spec);
  // As long as an episode, so that a rollout has whole ones.
  if (family === 'mpe') return { steps: 600_000, copies: 64, rollout: 25 };
  if (family === 'smax') {
    return { steps: spec.agents.length <= 5 ? 1_000_000 : 3_000_000, copies: 64, rollout: 60 };
  }
  if (family === 'mujoco') return { steps: 1_000_000, copies: 10, rollout: 200 };
  // A multiple of 10, which the default chunk of recurrent networks divides.
  return { steps: 200_000, copies: 16, rollout: 10 * Math.ceil(Math.max(32, spec.episodeLimit ?? 0) / 10) };
};

/** On particle worlds rewards follow at once, and a last bit of precision counts. */
const horizonOf = (spec: EnvironmentSpec): Record<string, unknown> =>
  familyOf(spec) === 'mpe'
    ? { discount: 0.95, lambda: 0.9, decay: budgetOf(spec).steps, decayFloor: 0.05 }
    : {};

/** Epochs, parts and rates of PPO, for actors and critics alike. */
const ppoOf = (spec: EnvironmentSpec): { learningRate: number; epochs: number; minibatches: number } =>
  familyOf(spec) === 'mpe'
    ? { learningRate: 2e-3, epochs: 8, minibatches: 2 }
    : { learningRate: 1e-3, epochs: 5, minibatches: 2 };

/** Where agents' situations differ much, a value for each teaches more than one for the team. */
const criticInputOf = (spec: EnvironmentSpec): Record<string, unknown> =>
  ['mpe', 'smax'].includes(familyOf(spec)) || !spec.sharedReward ? { input: 'agent-state' } : {};

/** For IPPO and MAPPO. @param central whether critics see the state */
export const simultaneousDefaults = (spec: EnvironmentSpec, central: boolean): Defaults => {
  const { steps, copies, rollout } = budgetOf(spec);
  const ppo = ppoOf(spec);
  return {
    steps,
    copies,
    values: withWorld(spec, {
      rollout,
      ...horizonOf(spec),
      rewards: spec.sharedReward ? 'team' : 'own',
      policy: { ...ppo, ...(familyOf(spec) === 'mpe' ? { entropy: 0.005 } : {}) },
      critic: { ...ppo, ...(central ? criticInputOf(spec) : {}) },
    }),
  };
};

/** For those that update agents in turn with PPO. */
export const sequentialDefaults = (spec: EnvironmentSpec): Defaults => {
  const { steps, copies, rollout } = budgetOf(spec);
  const ppo = ppoOf(spec);
  const policy = { ...ppo, ...(familyOf(spec) === 'mpe' ? { entropy: 0.005 } : {}) };
  const critic = { ...ppo, ...criticInputOf(spec) };
  return { steps, copies, values: withWorld(spec, { rollout, ...horizonOf(spec), policy, critic }) };
};

/** For A2PO, whose clip has to hold the ratios of the agents before as well. */
export const a2poDefaults = (spec: EnvironmentSpec): Defaults => {
  const { values, ...budget } = sequentialDefaults(spec);
  if (familyOf(spec) !== 'mpe') return { values, ...budget };
  return { ...budget, values: { ...values, policy: { ...(values.policy as object), clip: 0.3 } } };
};

/** For trust region steps, which have no learning rate of their own. */
export const trustRegionDefaults = (spec: EnvironmentSpec): Defaults => {
  const { steps, copies, rollout } = budgetOf(spec);
  const critic = { ...ppoOf(spec), ...criticInputOf(spec) };
  return { steps, copies, values: withWorld(spec, { rollout, ...horizonOf(spec), critic }) };
};
