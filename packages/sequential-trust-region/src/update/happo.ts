import type { EnvironmentSpec } from '@murmuration/core';
import type { Actor } from '../actor';
import { createOptimisers } from '../optimisers';
import { type PpoOptions, practise } from './ppo';
import type { Rule } from './rule';
import { improveInTurn, type SequentialOptions } from './sequential';

/** HAPPO, or clip-HAPPO with a bounded factor, where each agent has its own actor. */
export const happo = (
  spec: EnvironmentSpec,
  actors: readonly Actor[],
  options: SequentialOptions & { readonly policy: PpoOptions },
): Rule => {
  const optimisers = createOptimisers(actors, options.policy);
  return {
    improve(improvement) {
      optimisers.rate = improvement.rate;
      return improveInTurn(spec, actors, improvement, options, (index, lesson) =>
        practise(actors[index], optimisers.of[index], lesson, options.policy),
      );
    },
    save: () => optimisers.save(),
    restore: (state) => optimisers.restore(state),
    dispose: () => optimisers.dispose(),
  };
};
