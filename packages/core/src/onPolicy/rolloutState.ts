import { CheckpointError } from '../errors';
import { type State, stateArray, stateNumber, stateTrees } from '../state';
import type { CutOff, OpenRollout } from './rollout';

const momentFields = ['observations', 'state', 'availableActions', 'active', 'started'] as const;
const stepFields = ['actions', 'logProbabilities', 'rewards', 'ends'] as const;
const fields = [...momentFields, ...stepFields];

/** Entries of one step in a field. */
const widthOf = (rollout: OpenRollout, name: (typeof fields)[number]): number => {
  const moments = (momentFields as readonly string[]).includes(name) ? rollout.steps + 1 : rollout.steps;
  return rollout[name].length / moments;
};

/** Entries of the memory at one moment. @param notes how many moments of all there are */
const memoryOf = (
  { memory, steps }: OpenRollout,
  stored: number,
  notes: (stored: number) => number,
): number => (stored === 0 ? 0 : (memory.length / notes(steps)) * notes(stored));

/** The first `stored` steps. @param notes how many notes of the memory so many steps have */
export const saveRollout = (
  rollout: OpenRollout,
  stored: number,
  notes: (stored: number) => number,
): State => ({
  length: stored,
  ...Object.fromEntries(
    fields.map((name) => [name, rollout[name].slice(0, stored * widthOf(rollout, name))]),
  ),
  memory: rollout.memory.slice(0, memoryOf(rollout, stored, notes)),
  cutOff: stored === 0 ? [] : rollout.cutOff.map((each) => ({ ...each })),
});

const restoreCutOff = (rollout: OpenRollout, state: State): CutOff => {
  const { copies } = rollout;
  const width = (name: (typeof momentFields)[number]): number => widthOf(rollout, name) / copies;
  return {
    row: stateNumber(state, 'row'),
    observations: stateArray(state, 'observations', Float32Array, width('observations')),
    state: stateArray(state, 'state', Float32Array, width('state')),
    active: stateArray(state, 'active', Uint8Array, width('active')),
  };
};

/** @returns how many steps were stored @throws CheckpointError where the state is of another shape */
export const restoreRollout = (
  rollout: OpenRollout,
  state: State,
  notes: (stored: number) => number,
): number => {
  const stored = stateNumber(state, 'length');
  if (!(Number.isInteger(stored) && stored >= 0 && stored < rollout.steps)) {
    throw new CheckpointError(
      '@murmuration/core',
      `a rollout of ${stored} steps does not fit one of ${rollout.steps}; resume with the same options`,
    );
  }
  for (const name of fields) {
    const into = rollout[name];
    const size = stored * widthOf(rollout, name);
    if (into instanceof Float32Array) into.set(stateArray(state, name, Float32Array, size));
    else into.set(stateArray(state, name, Uint8Array, size));
  }
  rollout.memory.set(stateArray(state, 'memory', Float32Array, memoryOf(rollout, stored, notes)));
  rollout.cutOff = stateTrees(state, 'cutOff').map((each) => restoreCutOff(rollout, each));
  return stored;
};
