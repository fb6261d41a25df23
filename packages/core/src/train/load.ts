import type { Algorithm } from '../algorithm';
import { parseConfiguration } from '../configuration';
import { CheckpointError } from '../errors';
import type { Policy } from '../policy';
import { randomFrom } from '../random';
import { stateTree } from '../state';
import { type Checkpoint, provenanceOf } from './checkpoint';

/**
 * The team that a checkpoint holds, ready to act.
 * @param algorithm the one that trained it.
 * @throws CheckpointError where the checkpoint is damaged or another algorithm's.
 */
export const loadPolicy = async (algorithm: Algorithm, checkpoint: Checkpoint): Promise<Policy> => {
  const { algorithm: id, configuration, spec, seed } = provenanceOf(checkpoint);
  if (id !== algorithm.id) {
    throw new CheckpointError(
      '@murmuration/core',
      `the checkpoint is of ${id}, not of ${algorithm.id}; load it with ${id}`,
    );
  }
  const values = parseConfiguration(`${algorithm.package} ${id}`, algorithm.configuration, configuration);
  const learner = await algorithm.create(spec, values, randomFrom(seed, 'learner'));
  const state = stateTree(stateTree(checkpoint, 'session'), 'learner');
  await (learner.restorePolicy ? learner.restorePolicy(state) : learner.restore(state));
  return learner.policy;
};
