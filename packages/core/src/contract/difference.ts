import type { EnvironmentSpec } from '../environment';
import { ended, type Frame } from '../frame';

const perAgent = new Set(['observations', 'availableActions', 'active', 'rewards']);

/**
 * The first entry in which a copy's rows of two frames differ, in words; nothing where they are equal.
 * `final…` fields and metrics count only where the episode ended.
 */
export const differenceOf = (
  spec: EnvironmentSpec,
  [one, copyOfOne]: readonly [Frame, number],
  [other, copyOfOther]: readonly [Frame, number],
): string | undefined => {
  for (const [name, values] of Object.entries(one) as [keyof Frame, Frame[keyof Frame]][]) {
    if (typeof values === 'number') continue;
    if ((name.startsWith('final') || name === 'metrics') && !ended(one, copyOfOne)) continue;
    const theirs = other[name] as typeof values;
    const width = values.length / one.copies;
    for (let entry = 0; entry < width; entry++) {
      const [here, there] = [values[copyOfOne * width + entry], theirs[copyOfOther * width + entry]];
      if (Object.is(here, there)) continue;
      const rows = perAgent.has(name) || /^final(?!State)/.test(name) ? spec.agents.length : 1;
      const agent = rows > 1 ? ` of agent ${spec.agents[Math.floor((entry * rows) / width)].id}` : '';
      return `${name}${agent}, entry ${entry % (width / rows)}, is ${here} and ${there}`;
    }
  }
  return undefined;
};
