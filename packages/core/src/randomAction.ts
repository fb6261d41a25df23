import type { EnvironmentSpec } from './environment';
import { layoutOf } from './frame';
import type { Random } from './random';
import { type BoxSpace, boundOf, widthOf } from './space';

/**
 * Writes a random action of one agent: each that can be taken is as likely as any other; continuous ones are uniform
 * within their bounds, and normal where these are infinite.
 * @param row copies before this one times agents, and the agent
 * @param available `[environment, agent, actionCount]`
 * @param actions `[environment, agent, actionWidth]`, written
 */
export type RandomAction = (
  agent: number,
  row: number,
  available: Uint8Array,
  random: Random,
  actions: Float32Array,
) => void;

const drawBox = (space: BoxSpace, entry: number, random: Random): number => {
  const [low, high] = [boundOf(space.low, entry), boundOf(space.high, entry)];
  if (Number.isFinite(low) && Number.isFinite(high)) return low + (high - low) * random.uniform();
  return Math.min(high, Math.max(low, random.normal()));
};

/** The agents of a world, each with its own action space. */
export const randomActionOf = (spec: EnvironmentSpec): RandomAction => {
  const { actionWidth, actionCount } = layoutOf(spec);
  return (agent, row, available, random, actions) => {
    const { action } = spec.agents[agent];
    const at = row * actionWidth;
    if (action.kind === 'box') {
      for (let entry = 0; entry < widthOf(action); entry++) {
        actions[at + entry] = drawBox(action, entry, random);
      }
      return;
    }
    const from = row * actionCount;
    let count = 0;
    for (let choice = 0; choice < action.size; choice++) if (available[from + choice] !== 0) count++;
    let left = random.integer(Math.max(1, count));
    let choice = 0;
    while (choice < action.size - 1 && (available[from + choice] === 0 || left-- > 0)) choice++;
    actions[at] = choice;
  };
};
