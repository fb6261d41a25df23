import type { Algorithm } from './algorithm';
import type { EnvironmentSpec } from './environment';
import { ConfigurationError } from './errors';

const sameSpaces = (spec: EnvironmentSpec): boolean =>
  new Set(spec.agents.map(({ observation, action }) => JSON.stringify([observation, action]))).size <= 1;

/** Why an algorithm cannot learn a world, by what it declares of itself; nothing if it can. */
const objection = (algorithm: Algorithm, spec: EnvironmentSpec): string | undefined => {
  const { capabilities } = algorithm;
  for (const { id, observation, action } of spec.agents) {
    if (!capabilities.observations.includes(observation.kind)) {
      return `agent ${id} has ${observation.kind} observations, it takes ${capabilities.observations.join(' or ')}`;
    }
    if (!capabilities.actions.includes(action.kind)) {
      return `agent ${id} has ${action.kind} actions, it takes ${capabilities.actions.join(' or ')}`;
    }
  }
  if (!spec.sharedReward && !capabilities.individualRewards) return 'its agents have different rewards';
  if (!capabilities.differentAgents && !sameSpaces(spec)) return 'its agents have different spaces';
  if (spec.agentsDie && !capabilities.dyingAgents) return 'its agents may become inactive during an episode';
  return undefined;
};

/** @throws ConfigurationError that names the algorithm, the world and the reason, before the first step. */
export const checkSupport = <Configuration extends object>(
  algorithm: Algorithm<Configuration>,
  spec: EnvironmentSpec,
  configuration: Configuration,
): void => {
  const reason = objection(algorithm as Algorithm, spec) ?? algorithm.refuse?.(spec, configuration);
  if (reason) {
    throw new ConfigurationError(
      '@murmuration/core',
      `${algorithm.package}: ${algorithm.id} cannot learn ${spec.id}: ${reason}`,
    );
  }
};
