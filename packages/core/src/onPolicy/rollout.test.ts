import { describe, expect, it } from 'vitest';
import { corridor } from '../../test/fixtures/corridor';
import { ConfigurationError } from '../errors';
import { createActions, createFrame, type Frame } from '../frame';
import { randomFrom } from '../random';
import { vectorize } from '../vectorize';
import { endings } from './advantages';
import { createRolloutBuffer, type Rollout, type RolloutBuffer } from './rollout';

const copies = 3;

/** A world whose agents walk to the right, seen step by step. */
const createWalk = () => {
  const world = vectorize(corridor, copies);
  let frame = createFrame(world.spec, copies);
  let next = createFrame(world.spec, copies);
  world.reset(randomFrom(2), frame);
  let time = 0;
  return {
    spec: world.spec,
    step(observe: (before: Frame, actions: Float32Array, after: Frame, time: number) => void) {
      const actions = createActions(world.spec, copies).fill(time % 3 === 0 ? 0 : 1);
      world.step(actions, next);
      observe(frame, actions, next, time++);
      [frame, next] = [next, frame];
    },
  };
};

const memoryWidth = 2;
const shape = { steps: 6, copies, memoryWidth, stretch: 3 };

const walk = (steps: number, buffer: (spec: ReturnType<typeof createWalk>['spec']) => RolloutBuffer) => {
  const world = createWalk();
  const into = buffer(world.spec);
  for (let step = 0; step < steps; step++) {
    world.step((before, actions, after, time) => {
      const logProbabilities = new Float32Array(copies * 2).fill(-time);
      const memory = new Float32Array(copies * 2 * memoryWidth).fill(time);
      into.append(before, { actions, logProbabilities, memory }, after);
    });
  }
  return { world, into };
};

const plain = (rollout: Rollout | undefined) => structuredClone(rollout);

describe('a rollout buffer', () => {
  it('holds what happened, and the moment after', () => {
    const seen: Frame[] = [];
    const world = createWalk();
    const buffer = createRolloutBuffer(world.spec, shape);
    for (let step = 0; step < 6; step++) {
      expect(buffer.take()).toBeUndefined();
      world.step((before, actions, after, time) => {
        seen.push(structuredClone(before));
        if (time === 5) seen.push(structuredClone(after));
        buffer.append(before, { actions, logProbabilities: new Float32Array(6).fill(-time) }, after);
      });
    }
    const rollout = buffer.take()!;
    for (let time = 0; time <= 6; time++) {
      expect(rollout.observations.slice(time * 12, (time + 1) * 12)).toEqual(seen[time].observations);
      expect(rollout.state.slice(time * 3, (time + 1) * 3)).toEqual(seen[time].state);
      expect(rollout.availableActions.slice(time * 12, (time + 1) * 12)).toEqual(seen[time].availableActions);
      expect(rollout.started.slice(time * 3, (time + 1) * 3)).toEqual(seen[time].started);
    }
    for (let time = 1; time <= 6; time++) {
      expect(rollout.rewards.slice((time - 1) * 6, time * 6)).toEqual(seen[time].rewards);
    }
    expect([...rollout.logProbabilities.slice(12, 18)]).toEqual([-2, -2, -2, -2, -2, -2]);
  });

  it('keeps the last moment of episodes that were cut off', () => {
    const { into, world } = walk(5, (spec) => createRolloutBuffer(spec, shape));
    const finals: { row: number; state: number }[] = [];
    const ends: number[] = [];
    const note = (after: Frame, time: number) => {
      for (let copy = 0; copy < copies; copy++) {
        ends.push(after.truncated[copy] ? endings.truncated : after.terminated[copy]);
        if (after.truncated[copy])
          finals.push({ row: (time % 6) * copies + copy, state: after.finalState[copy] });
      }
    };
    world.step((before, actions, after) =>
      into.append(before, { actions, logProbabilities: new Float32Array(6) }, after),
    );
    expect(into.take()?.cutOff).toHaveLength(0);
    for (let step = 0; step < 6; step++) {
      world.step((before, actions, after, time) => {
        note(after, time);
        into.append(before, { actions, logProbabilities: new Float32Array(6) }, after);
      });
    }
    const rollout = into.take()!;
    expect(finals.length).toBeGreaterThan(0);
    expect(rollout.cutOff.map(({ row, state }) => ({ row, state: state[0] }))).toEqual(finals);
    expect([...rollout.ends]).toEqual(ends);
    for (const { observations, active } of rollout.cutOff) {
      expect(observations).toHaveLength(4);
      expect(active).toEqual(Uint8Array.of(1, 1));
    }
  });

  it('notes the memory at the beginning of each stretch', () => {
    const { into } = walk(6, (spec) => createRolloutBuffer(spec, shape));
    const { memory } = into.take()!;
    expect([...memory.slice(0, 12)]).toEqual(Array(12).fill(0));
    expect([...memory.slice(12)]).toEqual(Array(12).fill(3));
  });

  it('goes on from what was saved, whenever it was', () => {
    for (const before of [0, 2, 4, 6, 9]) {
      const whole = walk(12, (spec) => createRolloutBuffer(spec, shape)).into.take();
      let resumed: RolloutBuffer | undefined;
      const first = walk(before, (spec) => createRolloutBuffer(spec, shape));
      resumed = createRolloutBuffer(first.world.spec, shape);
      resumed.restore(first.into.save());
      for (let step = before; step < 12; step++) {
        first.world.step((from, actions, after, time) => {
          const logProbabilities = new Float32Array(copies * 2).fill(-time);
          const memory = new Float32Array(copies * 2 * memoryWidth).fill(time);
          resumed.append(from, { actions, logProbabilities, memory }, after);
        });
      }
      expect(plain(resumed.take())).toEqual(plain(whole));
    }
  });

  it('refuses stretches that do not fill it', () => {
    const { spec } = createWalk();
    expect(() => createRolloutBuffer(spec, { steps: 10, copies: 1, stretch: 4 })).toThrow(ConfigurationError);
  });

  it('refuses what another shape saved', () => {
    const { into, world } = walk(3, (spec) => createRolloutBuffer(spec, shape));
    const other = createRolloutBuffer(world.spec, { steps: 2, copies });
    expect(() => other.restore(into.save())).toThrow(/a rollout of 3 steps does not fit one of 2/);
  });
});
