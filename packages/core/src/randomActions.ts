import type { EnvironmentSpec } from './environment';
import { type Layout, layoutOf, type Observed } from './frame';
import type { Random } from './random';
import { type BoxSpace, boundOf, widthOf } from './space';

const drawBox = (space: BoxSpace, entry: number, random: Random): number => {
  const [low, high] = [boundOf(space.low, entry), boundOf(space.high, entry)];
  if (Number.isFinite(low) && Number.isFinite(high)) return low + (high - low) * random.uniform();
  return Math.min(high, Math.max(low, random.normal()));
};

const drawDiscrete = (available: Uint8Array, random: Random): number => {
  let left = random.integer(available.reduce((sum, each) => sum + each, 0));
  return available.findIndex((each) => each === 1 && left-- === 0);
};

/**
 * Draws actions of one copy: each of those that can be taken is as likely as any other; continuous ones are uniform
 * within their bounds, and normal where these are infinite.
 * @returns a function of the frame, the copy, its stream and `[environment, agent, actionWidth]`, written
 */
export const createActionDraws = (spec: EnvironmentSpec) => {
  const { agents, actionWidth, actionCount }: Layout = layoutOf(spec);
  return (
    frame: Pick<Observed, 'availableActions'>,
    copy: number,
    random: Random,
    actions: Float32Array,
  ): void => {
    for (const [agent, { action }] of spec.agents.entries()) {
      const row = copy * agents + agent;
      const at = row * actionWidth;
      if (action.kind === 'box') {
        for (let entry = 0; entry < widthOf(action); entry++) {
          actions[at + entry] = drawBox(action, entry, random);
        }
      } else {
        const first = row * actionCount;
        actions[at] = drawDiscrete(frame.availableActions.subarray(first, first + action.size), random);
      }
    }
  };
};
