import type { Algorithm } from '../algorithm';
import type { EnvironmentSpec } from '../environment';
import { CheckpointError } from '../errors';
import { isState, type State, type StateValue } from '../state';
import { asState, type Checkpoint, provenanceOf } from './checkpoint';
import type { Plan } from './plan';

/** What two runs must have in common so that one may go on where the other stopped; stands in every checkpoint. */
export const identityOf = (
  { id }: Algorithm,
  spec: EnvironmentSpec,
  configuration: object,
  { seed, copies }: Plan,
  workers: number,
): State =>
  asState({
    ...{ algorithm: id, seed, copies, spec, configuration },
    // Left out for one worker, whose checkpoints were made before there were several.
    workers: workers === 1 ? undefined : workers,
  });

const difference = (name: string, before: StateValue, now: StateValue): string | undefined => {
  if (isState(before) && isState(now)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(now)])) {
      const found = difference(name ? `${name}.${key}` : key, before[key], now[key]);
      if (found) return found;
    }
    return undefined;
  }
  const [then, today] = [JSON.stringify(before), JSON.stringify(now)];
  return Object.is(before, now) || then === today ? undefined : `${name} was ${then} and is now ${today}`;
};

/** @throws CheckpointError naming the first difference between a checkpoint's run and the one that would continue it. */
export const checkSameRun = (checkpoint: Checkpoint, now: State): void => {
  const { algorithm, configuration, spec, seed, copies, workers } = provenanceOf(checkpoint);
  const before = asState({ workers, algorithm, seed, copies, spec, configuration });
  const found = difference('', before, { workers: 1, ...now });
  if (found) {
    throw new CheckpointError(
      '@murmuration/core',
      `the checkpoint is of another run: ${found}; resume with the same options`,
    );
  }
};
