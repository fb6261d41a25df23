import type { EnvironmentSpec } from '../environment';
import { ended, type Frame } from '../frame';
import { momentFault, momentFinal } from './moment';

/** @param rewards of the agents of one copy. */
export const rewardFault = (spec: EnvironmentSpec, rewards: Float32Array): string | undefined => {
  const wrong = rewards.findIndex((reward) => !Number.isFinite(reward));
  if (wrong >= 0)
    return `the reward of agent ${spec.agents[wrong].id} is ${rewards[wrong]}; it must be finite`;
  if (!spec.sharedReward || rewards.every((reward) => reward === rewards[0])) return undefined;
  return `agents receive different rewards, [${[...rewards].slice(0, 8)}], but spec.sharedReward is true`;
};

/** What is wrong with how a copy ended or went on. `length` counts its episode's steps, this one included. */
export const endFault = (
  spec: EnvironmentSpec,
  frame: Frame,
  copy: number,
  length: number,
): string | undefined => {
  const [terminated, truncated] = [frame.terminated[copy], frame.truncated[copy]];
  if (terminated > 1 || truncated > 1) return 'terminated and truncated are not written; write 0 or 1';
  if (terminated === 1 && truncated === 1)
    return 'terminated and truncated are both 1; an end is one of them';
  const over = ended(frame, copy);
  if (frame.started[copy] !== (over ? 1 : 0)) {
    return `started is ${frame.started[copy]}; it must be 1 after an end, else 0`;
  }
  if (!over && spec.episodeLimit !== undefined && length >= spec.episodeLimit) {
    return `an episode has run for ${length} steps, but spec.episodeLimit is ${spec.episodeLimit}`;
  }
  if (!over) return undefined;
  const problem = momentFault(spec, momentFinal(frame), copy);
  if (problem) return `at the end, ${problem}`;
  const count = spec.metrics.length;
  const metric = frame.metrics
    .subarray(copy * count, (copy + 1) * count)
    .findIndex((m) => !Number.isFinite(m));
  if (metric < 0) return undefined;
  return `the metric ${spec.metrics[metric]} is ${frame.metrics[copy * count + metric]} at the end; write a number`;
};
