import { planOf, resolveConfiguration, workersObjection } from '@murmuration/core';
import { createRunDirectory } from '@murmuration/core/node';
import { UsageError } from '../failure';
import { findAlgorithm } from '../registry';
import { readSettings } from '../settings';
import { versions } from '../versions';
import { checkWorld, openWorld } from '../world';
import { fileNameOf, newDirectory } from './newDirectory';
import type { OpenedRun, TrainRequest } from './openedRun';
import { asJson, type RunPlan } from './runPlan';

/** Begin a run in a directory of its own. Everything that can be wrong is found before anything is written. */
export const beginRun = async (request: TrainRequest): Promise<OpenedRun> => {
  const {
    algorithm: id,
    environment,
    set = [],
    config,
    output,
    workers = 1,
    resume: _resume,
    ...timings
  } = request;
  if (id === undefined || environment === undefined) {
    const missing = id === undefined ? 'algorithm' : 'environment';
    throw new UsageError(`train needs an ${missing}; write murmuration train <algorithm> <environment>`);
  }
  const algorithm = findAlgorithm(id);
  const settings = await readSettings(set, config);
  const world = await openWorld({ environment, options: settings.environment });
  const configuration = resolveConfiguration(algorithm, world.spec, settings.algorithm);
  const { metricsEvery: _metricsEvery, ...timing } = planOf(algorithm, world.spec, {
    ...timings,
    settings: settings.algorithm,
  });
  const objection = workersObjection(algorithm, world.spec, timing, workers);
  if (objection) throw new UsageError(`--workers is ${workers}, but ${objection}`);
  checkWorld(world);
  const plan: RunPlan = {
    algorithm: id,
    environment: world.environment,
    environmentOptions: { ...world.options },
    preset: settings.algorithm.preset,
    configuration: { ...configuration },
    ...timing,
    workers,
    versions: versions(),
  };
  const name = `${id}-${fileNameOf(world.environment)}-${timing.seed}`;
  const path = output ?? (await newDirectory(name));
  return { plan, algorithm, world, directory: await createRunDirectory(path, asJson(plan)) };
};
