import { ConfigurationError, nearestName, parseConfiguration } from '@murmuration/core';
import type { ZodType } from 'zod';
import { nameIn } from '../variant';
import { adversary } from './adversary';
import type { ActionKind } from './controls';
import { type SharedOptions, type TaskName, taskNames, taskSchemas } from './options';
import { reference } from './reference';
import { speakerListener } from './speakerListener';
import { spread } from './spread';
import { tag } from './tag';
import type { Task } from './task';
import type { StateKind } from './worldState';

/** What a particle world is played by: its task and every option in force. */
export interface Rules {
  readonly task: Task;
  readonly actions: ActionKind;
  readonly state: StateKind;
  readonly episodeLimit: number;
  /** Whether continuous actions are brought into [0, 1]. */
  readonly clips: boolean;
}

/** What the two implementations do differently (PettingZoo 1.25, JaxMARL c793d095) beside their precision. */
const variants = {
  pettingzoo: { episodeLimit: 25, obstacleRange: 0.9, clips: true },
  // Its counter is compared before it is raised, so 26 steps pass.
  jaxmarl: { episodeLimit: 26, obstacleRange: 1, clips: false },
};

const withTask = (task: Task, { rules, actions, state, ...options }: SharedOptions): Rules => {
  const { clips, episodeLimit } = variants[rules];
  return { task, actions, state, clips, episodeLimit: options.episodeLimit ?? episodeLimit };
};

const parse = <Options>(name: TaskName, schema: ZodType<Options>, options: unknown): Options =>
  parseConfiguration(`@murmuration/envs mpe/${name}`, schema, options);

const makers: Record<TaskName, (options: unknown) => Rules> = {
  spread(given) {
    const options = parse('spread', taskSchemas.spread, given);
    return withTask(spread({ ...options, landmarks: options.landmarks ?? options.agents }), options);
  },
  reference(given) {
    const options = parse('reference', taskSchemas.reference, given);
    return withTask(reference(options), options);
  },
  'speaker-listener': (given) =>
    withTask(speakerListener(), parse('speaker-listener', taskSchemas['speaker-listener'], given)),
  tag(given) {
    const options = parse('tag', taskSchemas.tag, given);
    return withTask(tag({ ...options, obstacleRange: variants[options.rules].obstacleRange }), options);
  },
  adversary(given) {
    const options = parse('adversary', taskSchemas.adversary, given);
    return withTask(adversary(options), options);
  },
};

/** @throws ConfigurationError for a task that does not exist, an option that it does not have, or a value out of range. */
export const rulesOf = (given: string, options: unknown): Rules => {
  const task = nameIn('mpe', 'task', given, 'spread');
  if (Object.hasOwn(makers, task)) return makers[task as TaskName](options);
  const near = nearestName(task, taskNames);
  const advice = near ? `did you mean mpe/${near}?` : `known are ${taskNames.join(', ')}`;
  throw new ConfigurationError('@murmuration/envs', `there is no environment mpe/${task}; ${advice}`);
};
