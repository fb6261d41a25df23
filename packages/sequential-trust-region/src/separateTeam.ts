import { type EnvironmentSpec, type Random, stateTree } from '@murmuration/core';
import { disposeParameters } from '@murmuration/core/tensors';
import { type Actor, type ActorOptions, createActor, restoreActors, saveActors } from './actor';
import { createCriticTeam } from './criticTeam';
import { groupsOf } from './groups';
import { sequenceLength, type Team, type TeamConfiguration } from './team';
import type { Rule } from './update/rule';

export interface SeparateTeamParts {
  readonly spec: EnvironmentSpec;
  readonly configuration: TeamConfiguration;
  readonly divergence: ActorOptions['divergence'];
  readonly random: Random;
  /** How actors learn. @param length steps of a training sequence */
  rule(actors: readonly Actor[], length: number): Rule;
}

/** Actors that improve by a rule, and then their critics, which have networks of their own. */
export const createSeparateTeam = ({
  spec,
  configuration,
  divergence,
  random,
  rule: createRule,
}: SeparateTeamParts): Team => {
  const { network, showAgent, gaussian, sharing } = configuration;
  const length = sequenceLength(configuration);
  const actors = groupsOf(spec, sharing).map((agents) =>
    createActor(spec, agents, { network, gaussian, divergence, showAgent }, random),
  );
  const critics = createCriticTeam(spec, { ...configuration, length }, random);
  const rule = createRule(actors, length);
  return {
    actors,
    async learn(rollout, context) {
      const appraisal = await critics.appraise(rollout);
      const improved = await rule.improve({
        rollout,
        advantages: appraisal.advantages(),
        advantagesWith: appraisal.advantages,
        predictions: appraisal.predictions,
        ...context,
      });
      const value = await appraisal.train({ ...context, advantages: improved.advantages });
      return { ...improved.metrics, ...value };
    },
    save: async () => ({
      actors: await saveActors(actors),
      critics: await critics.save(),
      rule: await rule.save(),
    }),
    restore(state) {
      restoreActors(actors, stateTree(state, 'actors'));
      critics.restore(stateTree(state, 'critics'));
      rule.restore(stateTree(state, 'rule'));
    },
    dispose() {
      for (const { parameters } of actors) disposeParameters(parameters);
      critics.dispose();
      rule.dispose();
    },
  };
};
