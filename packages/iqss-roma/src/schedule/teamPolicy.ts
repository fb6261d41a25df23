import {
  type EnvironmentSpec,
  type IndependentLearner,
  layoutOf,
  type Policy,
  randomActionOf,
} from '@murmuration/core';
import { createDelayedView } from './delayedView';
import type { ScheduleOptions } from './options';

/** Every agent acts greedily upon its own observation, late ones where observations are late. */
export const teamPolicy = (
  learners: readonly IndependentLearner[],
  spec: EnvironmentSpec,
  { observationDelay, adversary }: Pick<ScheduleOptions, 'observationDelay' | 'adversary'>,
): Policy => {
  const { agents } = layoutOf(spec);
  const randomAction = randomActionOf(spec);
  const opposed = adversary.during === 'evaluation';
  return {
    spec,
    start(copies, random) {
      const view = createDelayedView(spec, copies, observationDelay);
      return {
        act(frame, actions) {
          const seen = view.look(frame);
          let waiting: Promise<void>[] | undefined;
          for (const learner of learners) {
            const acting = learner.act(seen, actions);
            if (acting) (waiting ??= []).push(acting);
          }
          const oppose = (): void => {
            if (!opposed) return;
            for (let row = adversary.agent; row < copies * agents; row += agents)
              randomAction(adversary.agent, row, frame.availableActions, random, actions);
          };
          if (waiting) return Promise.all(waiting).then(oppose);
          oppose();
          return undefined;
        },
        dispose() {},
      };
    },
  };
};
