import type { EnvironmentSpec } from '../environment';
import { ConfigurationError } from '../errors';
import { type Frame, layoutOf } from '../frame';
import type { State } from '../state';
import { endings } from './advantages';
import { restoreRollout, saveRollout } from './rolloutState';

/** The last moment of an episode that was cut off: what a critic values in place of what would have followed. */
export interface CutOff {
  /** The step that was the episode's last, `time * copies + environment`. */
  readonly row: number;
  /** `[agent, observationWidth]` */
  readonly observations: Float32Array;
  /** `[stateWidth]` */
  readonly state: Float32Array;
  /** `[agent]` */
  readonly active: Uint8Array;
}

/**
 * A stretch of steps of all copies, episodes running on over its end. Row-major; `time` counts the steps, and arrays
 * marked with + hold one moment more, the one after the last step.
 */
export interface Rollout {
  readonly steps: number;
  readonly copies: number;
  /** `[time +, environment, agent, observationWidth]` */
  readonly observations: Float32Array;
  /** `[time +, environment, stateWidth]` */
  readonly state: Float32Array;
  /** `[time +, environment, agent, actionCount]` */
  readonly availableActions: Uint8Array;
  /** `[time +, environment, agent]`, 1 while the agent takes part. */
  readonly active: Uint8Array;
  /** `[time +, environment]`, 1 where a recurrent memory is emptied. */
  readonly started: Uint8Array;
  /** `[time, environment, agent, actionWidth]`, as the policy drew them: not clipped, not scaled. */
  readonly actions: Float32Array;
  /** `[time, environment, agent]`, of these actions when they were drawn. */
  readonly logProbabilities: Float32Array;
  /** `[time, environment, agent]` */
  readonly rewards: Float32Array;
  /** `[time, environment]`, codes of `endings`. */
  readonly ends: Uint8Array;
  /** `[stretch, environment, agent, memoryWidth]`: the policy's memory before the first step of each stretch. */
  readonly memory: Float32Array;
  readonly cutOff: readonly CutOff[];
}

export interface RolloutShape {
  /** Steps of each copy. */
  readonly steps: number;
  readonly copies: number;
  /** Units of a recurrent policy's memory. @default 0 */
  readonly memoryWidth?: number;
  /** Steps between two notes of the memory; divides `steps`. @default steps */
  readonly stretch?: number;
}

/** What a policy did beside acting. */
export interface Decision {
  /** `[environment, agent, actionWidth]`, as drawn. */
  readonly actions: Float32Array;
  /** `[environment, agent]` */
  readonly logProbabilities: Float32Array;
  /** `[environment, agent, memoryWidth]`, before it acted; needed where the policy is recurrent. */
  readonly memory?: Float32Array;
}

export interface RolloutBuffer {
  /** How many steps are stored. */
  readonly length: number;
  append(before: Frame, decision: Decision, after: Frame): void;
  /** All of it once `steps` are stored, and once only; the next `append` begins to overwrite it. */
  take(): Rollout | undefined;
  save(): State;
  restore(state: State): void;
}

/** What the buffer writes. */
export type OpenRollout = Omit<Rollout, 'cutOff'> & { cutOff: CutOff[] };

const allocate = (spec: EnvironmentSpec, shape: RolloutShape): OpenRollout => {
  const { steps, copies, memoryWidth = 0, stretch = steps } = shape;
  const { agents, observationWidth, stateWidth, actionWidth, actionCount } = layoutOf(spec);
  const moments = (steps + 1) * copies;
  const rows = steps * copies;
  return {
    steps,
    copies,
    observations: new Float32Array(moments * agents * observationWidth),
    state: new Float32Array(moments * stateWidth),
    availableActions: new Uint8Array(moments * agents * actionCount),
    active: new Uint8Array(moments * agents),
    started: new Uint8Array(moments),
    actions: new Float32Array(rows * agents * actionWidth),
    logProbabilities: new Float32Array(rows * agents),
    rewards: new Float32Array(rows * agents),
    ends: new Uint8Array(rows),
    memory: new Float32Array((steps / stretch) * copies * agents * memoryWidth),
    cutOff: [],
  };
};

const momentFields = ['observations', 'state', 'availableActions', 'active', 'started'] as const;

/** One copy's part of what a frame has for all. */
const partOf = <Values extends Float32Array | Uint8Array>(
  values: Values,
  copy: number,
  copies: number,
): Values => {
  const width = values.length / copies;
  return values.slice(copy * width, (copy + 1) * width) as Values;
};

/**
 * A buffer for the steps of one rollout, in typed arrays that are allocated once.
 * @throws ConfigurationError where the stretches do not fill the rollout.
 */
export const createRolloutBuffer = (spec: EnvironmentSpec, shape: RolloutShape): RolloutBuffer => {
  const { steps, copies, stretch = steps } = shape;
  if (steps % stretch !== 0) {
    throw new ConfigurationError(
      '@murmuration/core',
      `stretches of ${stretch} steps do not fill a rollout of ${steps}; take a divisor`,
    );
  }
  const rollout = allocate(spec, shape);
  const notes = (stored: number): number => Math.ceil(stored / stretch);
  let length = 0;

  const writeMoment = (time: number, frame: Frame): void => {
    for (const name of momentFields) {
      const from: Float32Array | Uint8Array = frame[name];
      rollout[name].set(from, time * from.length);
    }
  };

  const noteEnds = (time: number, after: Frame): void => {
    for (let copy = 0; copy < copies; copy++) {
      const row = time * copies + copy;
      const cut = after.truncated[copy] === 1;
      rollout.ends[row] = cut ? endings.truncated : after.terminated[copy];
      if (!cut) continue;
      rollout.cutOff.push({
        row,
        observations: partOf(after.finalObservations, copy, copies),
        state: partOf(after.finalState, copy, copies),
        active: partOf(after.finalActive, copy, copies),
      });
    }
  };

  return {
    get length() {
      return length;
    },
    append(before, { actions, logProbabilities, memory }, after) {
      if (length === steps) length = 0;
      if (length === 0) rollout.cutOff = [];
      const time = length++;
      writeMoment(time, before);
      if (length === steps) writeMoment(steps, after);
      rollout.actions.set(actions, time * actions.length);
      rollout.logProbabilities.set(logProbabilities, time * logProbabilities.length);
      rollout.rewards.set(after.rewards, time * after.rewards.length);
      if (memory && time % stretch === 0) rollout.memory.set(memory, (time / stretch) * memory.length);
      noteEnds(time, after);
    },
    take() {
      if (length < steps) return undefined;
      length = 0;
      return rollout;
    },
    // Of a full rollout, which is about to be learned from or left out, nothing is kept.
    save: () => saveRollout(rollout, length % steps, notes),
    restore(state) {
      length = restoreRollout(rollout, state, notes);
    },
  };
};
