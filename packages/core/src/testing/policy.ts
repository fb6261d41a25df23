import { describe, expect, it } from 'vitest';
import { createActions, createFrame, type Frame, layoutOf } from '../frame';
import type { Policy } from '../policy';
import { type Random, randomFrom } from '../random';
import { boundOf, contains, widthOf } from '../space';

/** A frame such as a world might give: observations within their spaces, some actions unavailable. */
const drawFrame = (policy: Policy, copies: number, random: Random, started: boolean): Frame => {
  const { agents } = policy.spec;
  const { observationWidth, actionCount } = layoutOf(policy.spec);
  const frame = createFrame(policy.spec, copies);
  frame.active.fill(1);
  frame.started.fill(started ? 1 : 0);
  for (let row = 0; row < copies * agents.length; row++) {
    const { observation, action } = agents[row % agents.length];
    for (let entry = 0; entry < widthOf(observation); entry++) {
      if (observation.kind === 'discrete') {
        frame.observations[row * observationWidth + entry] = random.integer(observation.size);
        continue;
      }
      const low = Math.max(-1, boundOf(observation.low, entry));
      const high = Math.min(1, boundOf(observation.high, entry));
      frame.observations[row * observationWidth + entry] = low + (high - low) * random.uniform();
    }
    if (action.kind !== 'discrete') continue;
    for (let choice = 0; choice < action.size; choice++) {
      frame.availableActions[row * actionCount + choice] = random.uniform() < 0.7 ? 1 : 0;
    }
    frame.availableActions[row * actionCount + random.integer(action.size)] = 1;
  }
  return frame;
};

/** The rows of one copy as a frame of its own. */
const only = (policy: Policy, frame: Frame, copy: number): Frame => {
  const one = createFrame(policy.spec, 1);
  for (const [name, values] of Object.entries(one)) {
    if (typeof values === 'number') continue;
    const all = frame[name as keyof Frame] as Float32Array;
    values.set(all.subarray(copy * values.length, (copy + 1) * values.length));
  }
  return one;
};

const copies = 3;
const steps = 5;

/** Frames of an episode's first steps. */
const drawFrames = (policy: Policy): Frame[] => {
  const random = randomFrom(5);
  return Array.from({ length: steps }, (_, step) => drawFrame(policy, copies, random, step === 0));
};

const play = async (policy: Policy, frames: readonly Frame[]): Promise<Float32Array[]> => {
  const actor = policy.start(frames[0].copies, randomFrom(9));
  const chosen: Float32Array[] = [];
  for (const frame of frames) {
    const actions = createActions(policy.spec, frame.copies);
    await actor.act(frame, actions);
    chosen.push(actions);
  }
  actor.dispose();
  return chosen;
};

/**
 * The contract of a policy: actions lie in their spaces and are available; equal observations bring equal actions;
 * each copy has its own memory, which a new episode empties; nothing is left behind.
 * @param create makes the policy; called once for each test.
 */
export const testPolicy = (name: string, create: () => Policy | Promise<Policy>): void => {
  describe(`${name}: the contract of a policy`, () => {
    it('chooses actions that exist and are available', async () => {
      const policy = await create();
      const { actionWidth, actionCount } = layoutOf(policy.spec);
      const frames = drawFrames(policy);
      for (const [step, actions] of (await play(policy, frames)).entries()) {
        for (let row = 0; row < copies * policy.spec.agents.length; row++) {
          const { action } = policy.spec.agents[row % policy.spec.agents.length];
          const own = actions.subarray(row * actionWidth, row * actionWidth + widthOf(action));
          expect(contains(action, own)).toBe(true);
          if (action.kind === 'discrete') {
            expect(frames[step].availableActions[row * actionCount + own[0]]).toBe(1);
          }
        }
      }
    });

    it('acts alike on equal observations', async () => {
      const policy = await create();
      const frames = drawFrames(policy);
      expect(await play(policy, frames)).toEqual(await play(policy, frames));
    });

    it('begins every episode with an empty memory', async () => {
      const policy = await create();
      const frames = drawFrames(policy);
      const twice = await play(policy, [...frames, ...frames]);
      expect(twice.slice(steps)).toEqual(twice.slice(0, steps));
    });

    it('keeps the copies apart', async () => {
      const policy = await create();
      const frames = drawFrames(policy);
      const together = await play(policy, frames);
      for (let copy = 0; copy < copies; copy++) {
        const alone = await play(
          policy,
          frames.map((frame) => only(policy, frame, copy)),
        );
        const width = together[0].length / copies;
        const part = together.map((actions) => actions.slice(copy * width, (copy + 1) * width));
        alone.forEach((actions, step) => {
          actions.forEach((value, entry) => {
            expect(part[step][entry]).toBeCloseTo(value, 4);
          });
        });
      }
    });

    it('leaves no tensor behind', async () => {
      const { memory } = await import('@tensorflow/tfjs-core');
      const policy = await create();
      const frames = drawFrames(policy);
      await play(policy, frames);
      const before = memory().numTensors;
      for (let round = 0; round < 20; round++) await play(policy, frames);
      expect(memory().numTensors).toBe(before);
    });
  });
};
