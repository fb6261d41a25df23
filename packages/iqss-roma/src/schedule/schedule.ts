import {
  type EnvironmentSpec,
  type Frame,
  type IndependentLearner,
  type Learner,
  layoutOf,
  type Random,
  randomActionOf,
  type State,
  stateNumber,
  stateTree,
  stateTrees,
} from '@murmuration/core';
import { createDelayedSteps } from './delayedSteps';
import { createDelayedView } from './delayedView';
import type { ScheduleOptions } from './options';
import { teamPolicy } from './teamPolicy';
import { collector, senior, TurnClock } from './turnClock';

/**
 * One agent of a scheduled team. A learner that keeps experience may tell time: `idle` is called for every step that
 * it did not collect while `trainAll` is set, and counts towards its next batch.
 */
export type ScheduledLearner<Batch = unknown> = IndependentLearner<Batch> & { idle?(copies: number): void };

/** A batch and whose it is. The object is used again. */
export interface AgentBatch {
  agent: number;
  batch: unknown;
}

/**
 * A team of independent learners that collect and learn by a schedule, ROMA or SMA (Lin et al. 2024, algorithms 1
 * and 2). It knows nothing of how they learn; the greedy team is its policy.
 * @param learners one for each agent, in order. The team disposes of them.
 */
export const schedule = (
  learners: readonly ScheduledLearner[],
  spec: EnvironmentSpec,
  options: ScheduleOptions,
  random: Random,
): Learner<AgentBatch> => {
  const { agents, actionWidth } = layoutOf(spec);
  const { kind, trainAll, observationDelay, adversary } = options;
  const epsilons = [options.seniorEpsilon, options.epsilon, options.juniorEpsilon];
  const clock = new TurnClock(agents, options, random.split());
  const exploration = random.split();
  const randomAction = randomActionOf(spec);

  /** What depends on the number of copies, made when the first frame tells it. */
  const create = (copies: number) => ({
    copies,
    view: createDelayedView(spec, copies, observationDelay),
    steps: createDelayedSteps(spec, copies, observationDelay),
    explores: new Uint8Array(copies * agents),
    drawn: new Float32Array(copies * agents * actionWidth),
  });
  let work: ReturnType<typeof create> | undefined;
  const workFor = (copies: number) => (work?.copies === copies ? work : (work = create(copies)));

  const collecting = new Uint8Array(agents);
  const learning = new Uint8Array(agents);
  const given: AgentBatch = { agent: 0, batch: undefined };
  let asked = agents;

  const roleOf = (agent: number): number => (kind === 'sma' ? collector : clock.role(agent));

  const epsilonOf = (agent: number): number => {
    const role = roleOf(agent);
    return role === senior && adversary.during === 'senior' && adversary.agent === agent ? 1 : epsilons[role];
  };

  /** Decide where an agent explores. @returns whether it acts greedily in any copy. */
  const explore = (agent: number, frame: Frame, explores: Uint8Array, drawn: Float32Array): boolean => {
    const epsilon = epsilonOf(agent);
    let greedy = false;
    for (let row = agent; row < explores.length; row += agents) {
      explores[row] = epsilon > 0 && exploration.uniform() < epsilon ? 1 : 0;
      if (explores[row] === 1) randomAction(agent, row, frame.availableActions, exploration, drawn);
      else greedy = true;
    }
    return greedy;
  };

  const parameters = learners.flatMap((learner) => (learner.parameters ? [learner.parameters] : []));

  return {
    ...(parameters.length === agents ? { agentParameters: parameters } : {}),
    policy: teamPolicy(learners, spec, options),

    experience: {
      observe(before, actions, after) {
        const { steps } = workFor(before.copies);
        for (let agent = 0; agent < agents; agent++) collecting[agent] = roleOf(agent) === collector ? 1 : 0;
        const arrived = steps.pass({ before, actions, after, collecting });
        for (let agent = 0; agent < agents; agent++) {
          const collects = arrived?.collecting[agent] === 1;
          if (arrived && collects)
            learners[agent].experience.observe(arrived.before, arrived.actions, arrived.after);
          else if (trainAll) learners[agent].idle?.(before.copies);
          learning[agent] = collects || trainAll ? 1 : 0;
        }
        asked = 0;
        clock.advance(before.copies);
      },
      take() {
        for (; asked < agents; asked++) {
          if (learning[asked] === 0) continue;
          const batch = learners[asked].experience.take();
          if (batch === undefined) continue;
          given.agent = asked;
          given.batch = batch;
          return given;
        }
        return undefined;
      },
    },

    act(frame, actions) {
      const { view, explores, drawn } = workFor(frame.copies);
      const seen = view.look(frame);
      let waiting: Promise<void>[] | undefined;
      for (let agent = 0; agent < agents; agent++) {
        if (!explore(agent, frame, explores, drawn)) continue;
        const acting = learners[agent].act(seen, actions);
        if (acting) (waiting ??= []).push(acting);
      }
      // Learners write whole columns of actions; what exploring agents do replaces it afterwards.
      const finish = (): void => {
        for (let row = 0; row < explores.length; row++) {
          if (explores[row] === 0) continue;
          for (let entry = row * actionWidth; entry < (row + 1) * actionWidth; entry++)
            actions[entry] = drawn[entry];
        }
      };
      if (waiting) return Promise.all(waiting).then(finish);
      finish();
      return undefined;
    },

    update: ({ agent, batch }, context) => learners[agent].update(batch, context),

    async save() {
      const { view, steps, copies } = work ?? create(1);
      return {
        learners: await Promise.all(learners.map(async (learner) => await learner.save())),
        clock: clock.save(),
        exploration: exploration.save(),
        copies,
        view: view.save(),
        steps: steps.save(),
      };
    },

    async restore(state: State) {
      const saved = stateTrees(state, 'learners', agents);
      await Promise.all(learners.map(async (learner, agent) => await learner.restore(saved[agent])));
      clock.restore(stateTree(state, 'clock'));
      exploration.restore(stateTree(state, 'exploration'));
      const { view, steps } = workFor(stateNumber(state, 'copies'));
      view.restore(stateTree(state, 'view'));
      steps.restore(stateTree(state, 'steps'));
    },

    dispose() {
      for (const learner of learners) learner.dispose();
    },
  };
};
