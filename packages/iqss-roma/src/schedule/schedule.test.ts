import {
  createActions,
  createFrame,
  discrete,
  type EnvironmentSpec,
  type Frame,
  randomFrom,
} from '@murmuration/core';
import { aloneContext } from '@murmuration/core/testing';
import { describe, expect, it } from 'vitest';
import type { ScheduleOptions } from './options';
import { type ScheduledLearner, schedule } from './schedule';

const agents = 3;
const actionCount = 10;
/** What recorders do; marked as unavailable, so that nobody does it by chance. */
const greedyAction = 7;

const spec: EnvironmentSpec = {
  id: 'test/3',
  agents: Array.from({ length: agents }, (_, agent) => ({
    id: `agent-${agent}`,
    species: 'agent',
    observation: discrete(1000),
    action: discrete(actionCount),
  })),
  state: discrete(1000),
  sharedReward: true,
  agentsDie: false,
  metrics: [],
  nonStationary: false,
};

const defaults: ScheduleOptions = {
  kind: 'roma',
  turn: 2,
  epsilon: 1,
  seniorEpsilon: 0,
  juniorEpsilon: 1,
  trainAll: false,
  order: 'fixed',
  clock: { lag: 0, loss: 0 },
  observationDelay: 0,
  adversary: { agent: 0, during: 'never' },
};

/** A learner that acts by one action and tells what it was given. */
const recorder = (agent: number, log: string[]): ScheduledLearner<number> => {
  let batches: number[] = [];
  return {
    agent,
    experience: {
      observe: (before, _actions, after) => {
        log.push(`${agent}:${before.observations[agent]}>${after.observations[agent]}`);
        batches.push(before.observations[agent]);
      },
      take: () => batches.shift(),
    },
    idle: () => batches.push(-1),
    act(frame, actions) {
      for (let copy = 0; copy < frame.copies; copy++) {
        const row = copy * agents + agent;
        log.push(`${agent}?${frame.observations[row]}`);
        actions[row] = greedyAction;
      }
    },
    update: (batch) => {
      log.push(`${agent}!${batch}`);
      return {};
    },
    save: () => ({ batches }),
    restore: () => {
      batches = [];
    },
    dispose: () => log.push(`${agent} gone`),
  };
};

const create = (options: Partial<ScheduleOptions>, log: string[]) =>
  schedule(
    Array.from({ length: agents }, (_, agent) => recorder(agent, log)),
    spec,
    { ...defaults, ...options },
    randomFrom(3),
  );

/** A frame that shows everybody the same number. */
const frameOf = (value: number, started = false, copies = 1): Frame => {
  const frame = createFrame(spec, copies);
  frame.observations.fill(value);
  frame.state.fill(value);
  frame.availableActions.fill(1);
  for (let row = 0; row < copies * agents; row++)
    frame.availableActions[row * actionCount + greedyAction] = 0;
  frame.active.fill(1);
  frame.started.fill(started ? 1 : 0);
  return frame;
};

/** Play steps whose frames count up; for each whether every agent acted greedily. */
const play = async (team: ReturnType<typeof create>, steps: number, from = 0): Promise<boolean[][]> => {
  const greedy: boolean[][] = [];
  for (let step = from; step < from + steps; step++) {
    const before = frameOf(step, step === 0);
    const actions = createActions(spec, 1);
    await team.act(before, actions);
    greedy.push(Array.from(actions, (action) => action === greedyAction));
    team.experience.observe(before, actions, frameOf(step + 1));
    for (let batch = team.experience.take(); batch; batch = team.experience.take())
      await team.update(batch, aloneContext);
  }
  return greedy;
};

const storing = (log: readonly string[]) => log.filter((entry) => entry.includes('>'));

describe('the schedule', () => {
  it('under ROMA lets seniors act greedily, the collector and juniors explore', async () => {
    expect(await play(create({}, []), 8)).toEqual([
      [false, false, false],
      [false, false, false],
      [true, false, false],
      [true, false, false],
      [true, true, false],
      [true, true, false],
      [false, false, false],
      [false, false, false],
    ]);
  });

  it('under ROMA lets only the collector keep and learn from what happened', async () => {
    const log: string[] = [];
    await play(create({}, log), 7);
    expect(log.filter((entry) => !entry.includes('?'))).toEqual(
      ['0:0>1', '0!0', '0:1>2', '0!1', '1:2>3', '1!2', '1:3>4', '1!3', '2:4>5', '2!4', '2:5>6', '2!5'].concat(
        ['0:6>7', '0!6'],
      ),
    );
  });

  it('under SMA lets all explore, keep and learn', async () => {
    const log: string[] = [];
    expect(await play(create({ kind: 'sma' }, log), 5)).toEqual(new Array(5).fill([false, false, false]));
    expect(log.slice(0, 6)).toEqual(['0:0>1', '1:0>1', '2:0>1', '0!0', '1!0', '2!0']);
    expect(storing(log)).toHaveLength(15);
  });

  it('explores in a share of ε of all decisions, each agent by itself', async () => {
    const greedy = await play(create({ kind: 'sma', epsilon: 0.8, juniorEpsilon: 0.8 }, []), 4000);
    for (let agent = 0; agent < agents; agent++) {
      const share = greedy.filter((step) => step[agent]).length / 4000;
      expect(Math.abs(share - 0.2)).toBeLessThan(0.025);
    }
    const both = greedy.filter(([first, second]) => first && second).length / 4000;
    expect(Math.abs(both - 0.04)).toBeLessThan(0.012);
  });

  it('asks for greedy actions only where somebody takes one', async () => {
    const log: string[] = [];
    await play(create({}, log), 3);
    expect(log.filter((entry) => entry.includes('?'))).toEqual(['0?2']);
  });

  it('draws only available actions', () => {
    const team = create({ kind: 'sma' }, []);
    const actions = createActions(spec, 1);
    const frame = frameOf(0, true);
    frame.availableActions.fill(0);
    for (let agent = 0; agent < agents; agent++) {
      frame.availableActions[agent * actionCount + 5] = 1;
      frame.availableActions[agent * actionCount + agent] = 1;
    }
    const seen = Array.from({ length: agents }, () => new Set<number>());
    for (let time = 0; time < 40; time++) {
      team.act(frame, actions);
      actions.forEach((action, agent) => {
        seen[agent].add(action);
      });
    }
    expect(seen).toEqual([new Set([5, 0]), new Set([5, 1]), new Set([5, 2])]);
  });

  it('lets the others explore a little where asked to, as MA2QL does', async () => {
    const greedy = await play(create({ turn: 6000, seniorEpsilon: 0.1, juniorEpsilon: 0.1 }, []), 3000);
    expect(greedy.some(([first]) => first)).toBe(false);
    const share = greedy.filter((step) => !step[2]).length / 3000;
    expect(Math.abs(share - 0.1)).toBeLessThan(0.02);
  });

  it('lets everybody learn from memory where asked to', async () => {
    const log: string[] = [];
    await play(create({ trainAll: true }, log), 2);
    expect(log).toEqual(['0:0>1', '0!0', '1!-1', '2!-1', '0:1>2', '0!1', '1!-1', '2!-1']);
  });

  it('delivers observations late, to those who act and to those who learn', async () => {
    const log: string[] = [];
    await play(create({ observationDelay: 2 }, log), 6);
    expect(log.filter((entry) => entry.includes('?'))).toEqual(['0?0', '0?1', '0?2', '1?2', '0?3', '1?3']);
    // Each transition keeps its own s and s′, and goes to who collected it.
    expect(storing(log)).toEqual(['0:0>1', '0:1>2', '1:2>3', '1:3>4']);
  });

  it('shows the first observation of an episode at once, whatever the delay', async () => {
    const log: string[] = [];
    const team = create({ observationDelay: 2, epsilon: 0, juniorEpsilon: 0 }, log);
    const actions = createActions(spec, 1);
    for (const [value, started] of [
      [10, true],
      [11, false],
      [12, false],
      [13, false],
      [50, true],
      [51, false],
    ] as const)
      await team.act(frameOf(value, started), actions);
    expect(log.filter((entry) => entry.startsWith('0')).map((entry) => entry.slice(2))).toEqual(
      '10 10 10 11 50 50'.split(' '),
    );
  });

  it('lets an adversary play at random as a senior, in training alone', async () => {
    const team = create({ adversary: { agent: 0, during: 'senior' } }, []);
    const greedy = await play(team, 6);
    expect(greedy.map(([first]) => first)).toEqual(new Array(6).fill(false));
    expect(greedy[4][1]).toBe(true);
    const actions = createActions(spec, 1);
    await team.policy.start(1, randomFrom(0)).act(frameOf(0, true), actions);
    expect([...actions]).toEqual([greedyAction, greedyAction, greedyAction]);
  });

  it('lets an adversary play at random in evaluation alone', async () => {
    const team = create({ adversary: { agent: 1, during: 'evaluation' } }, []);
    const greedy = await play(team, 6);
    expect(greedy[4]).toEqual([true, true, false]);
    const actions = createActions(spec, 1);
    await team.policy.start(1, randomFrom(0)).act(frameOf(0, true), actions);
    expect([actions[0] === greedyAction, actions[1] === greedyAction, actions[2] === greedyAction]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('goes on the same after saving and restoring', async () => {
    const options: Partial<ScheduleOptions> = {
      epsilon: 0.5,
      juniorEpsilon: 0.5,
      order: 'random',
      clock: { lag: 1, loss: 0.2 },
      observationDelay: 2,
    };
    const team = create(options, []);
    await play(team, 9);
    const state = await team.save();
    const [log, restoredLog]: string[][] = [[], []];
    const [whole, restored] = [create(options, log), create(options, restoredLog)];
    await play(whole, 9);
    log.length = 0;
    await restored.restore(state);
    expect(await play(restored, 20, 9)).toEqual(await play(whole, 20, 9));
    expect(restoredLog).toEqual(log);
  });

  it('frees its learners', () => {
    const log: string[] = [];
    create({}, log).dispose();
    expect(log).toEqual(['0 gone', '1 gone', '2 gone']);
  });
});
