import type { EnvironmentSpec } from '@murmuration/core';
import type { Actor } from '../actor';
import { prepare } from './ppo';
import type { Rule } from './rule';
import { improveInTurn, type SequentialOptions } from './sequential';
import { type TrustRegionOptions, trustRegionStep } from './trustRegion';

/** HATRPO, or clip-HATRPO with a bounded factor: each agent takes one trust region step on its samples. */
export const hatrpo = (
  spec: EnvironmentSpec,
  actors: readonly Actor[],
  options: SequentialOptions & { readonly policy: TrustRegionOptions },
): Rule => ({
  improve: (improvement) =>
    improveInTurn(spec, actors, improvement, options, async (index, lesson) =>
      trustRegionStep(actors[index], await prepare(lesson, lesson.whole), options.policy, improvement.reduce),
    ),
  save: async () => ({}),
  restore: () => {},
  dispose: () => {},
});
