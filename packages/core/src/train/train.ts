import type { Algorithm } from '../algorithm';
import type { EnvironmentFactory } from '../environment';
import { resolveConfiguration } from '../resolve';
import { specOf } from '../vectorize';
import { withoutOthers } from './crew';
import type { TrainingEvent } from './events';
import { checkSameRun, identityOf } from './identity';
import { planOf, type TrainOptions } from './plan';
import { trainShard } from './shardRun';
import { createTeller, sessionOf } from './teller';

/**
 * Train an algorithm on a world. Iterate over what happens; leaving the loop stops the training.
 *
 * Equal options give equal events, `progress` aside. How often one evaluates or checkpoints never changes what is
 * learned, and a run that is resumed from a checkpoint ends like one that was never stopped, to the bit.
 * @throws ConfigurationError, EnvironmentError before the first step; DivergenceError where a loss is not finite;
 *   CheckpointError where `resume` is damaged or of another run.
 */
export async function* train<Configuration extends object>(
  algorithm: Algorithm<Configuration>,
  environment: EnvironmentFactory,
  options: TrainOptions = {},
): AsyncGenerator<TrainingEvent, void, void> {
  const spec = specOf(environment);
  const plan = planOf(algorithm as Algorithm, spec, options);
  const configuration = resolveConfiguration(algorithm, spec, options.settings);
  const { resume, signal, evaluationEnvironment } = options;
  const identity = identityOf(algorithm as Algorithm, spec, configuration, plan, 1);
  if (resume) checkSameRun(resume, identity);
  const tell = createTeller(identity, resume);
  const run = {
    ...{ algorithm: algorithm as Algorithm, environment, evaluationEnvironment, configuration, plan },
    crew: withoutOthers(signal),
    resume: resume && sessionOf(resume, 0),
  };
  for await (const event of trainShard(run)) yield tell([event]);
}
