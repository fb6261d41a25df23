import type { Algorithm } from '../algorithm';
import { parseConfiguration } from '../configuration';
import { CheckpointError } from '../errors';
import type { Learner } from '../learner';
import type { Policy } from '../policy';
import { randomFrom } from '../random';
import { type State, stateTree } from '../state';
import { type Checkpoint, provenanceOf } from './checkpoint';

/** Give a learner back what it needs to act; what wraps a learner passes this on. */
export const restoreToAct = async (learner: Learner, state: State): Promise<void> => {
  await (learner.restorePolicy ? learner.restorePolicy(state) : learner.restore(state));
};

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
  await restoreToAct(learner, stateTree(stateTree(checkpoint, 'session'), 'learner'));
  return learner.policy;
};
