import { resolveConfiguration } from '@murmuration/core';
import { findAlgorithm } from '../registry';
import { checkWorld, openWorld } from '../world';
import type { Study } from './study';

/**
 * Find everything that is wrong with a study's ids and options before the first run.
 * @throws UsageError, ConfigurationError, EnvironmentError
 */
export const checkStudy = async ({ cells, seeds }: Study): Promise<void> => {
  const checked = new Set<string>();
  for (const { algorithm, settings, environment, environmentOptions } of cells) {
    const world = await openWorld({ environment, options: environmentOptions(seeds[0]) });
    resolveConfiguration(findAlgorithm(algorithm), world.spec, settings);
    if (!checked.has(environment)) checkWorld(world);
    checked.add(environment);
  }
};
