import type { EnvironmentFactory, EnvironmentSpec } from '../environment';
import { ended, type Frame } from '../frame';
import { fault } from './fault';
import { momentFault, momentNow, spoil } from './moment';
import { endFault, rewardFault } from './outcome';
import { createPlayer } from './player';

/** @param before the active mask one step earlier, or nothing at the start of an episode. */
const activeFault = (
  spec: EnvironmentSpec,
  active: Uint8Array,
  before: Uint8Array | undefined,
): string | undefined => {
  if (!active.includes(1)) return 'no agent is active, but the episode goes on; end it with terminated';
  const revived = before ? active.findIndex((now, agent) => now > before[agent]) : -1;
  if (revived < 0) return undefined;
  return `agent ${spec.agents[revived].id} is active again; an agent stays inactive until the episode ends`;
};

/** Watches the frames of one copy as they come. */
const createWatch = (spec: EnvironmentSpec, frame: Frame, copy: number) => {
  const agents = spec.agents.length;
  const rewards = frame.rewards.subarray(copy * agents, (copy + 1) * agents);
  const active = frame.active.subarray(copy * agents, (copy + 1) * agents);
  let before: Uint8Array | undefined;
  let length = 0;
  const now = (): string | undefined =>
    momentFault(spec, momentNow(frame), copy) ?? activeFault(spec, active, before);
  return {
    afterReset: (): string | undefined => {
      const problem = frame.started[copy] === 1 ? now() : 'started must be 1';
      before = active.slice();
      return problem;
    },
    afterStep: (): string | undefined => {
      length++;
      let problem = rewardFault(spec, rewards) ?? endFault(spec, frame, copy, length);
      if (ended(frame, copy)) {
        length = 0;
        before = undefined;
      }
      problem ??= now();
      before = active.slice();
      return problem;
    },
  };
};

/**
 * Play at random and look at every frame: spaces, masks, rewards, ends.
 * @throws EnvironmentError that says what is broken and in which step.
 */
export const checkFrames = (factory: EnvironmentFactory, steps: number): void => {
  const player = createPlayer(factory, [1, 2]);
  const { frame } = player;
  const { spec } = player.world;
  const watches = [0, 1].map((copy) => createWatch(spec, frame, copy));
  spoil(spec, frame);
  player.reset(1);
  for (const { afterReset } of watches) {
    const problem = afterReset();
    if (problem) throw fault(spec, `after reset, ${problem}`);
  }
  while (player.steps < steps) {
    player.step(() => spoil(spec, frame));
    for (const { afterStep } of watches) {
      const problem = afterStep();
      if (problem) throw fault(spec, `in step ${player.steps}, ${problem}`);
    }
  }
};
