import type { EnvironmentSpec } from './environment';
import type { Policy } from './policy';
import { randomActionOf } from './randomAction';

/**
 * A team that acts at random, to compare others with: every action that can be taken is as likely as any other,
 * continuous ones are uniform within their bounds (normal where these are infinite). Each copy has a stream of its own.
 */
export const createRandomPolicy = (spec: EnvironmentSpec): Policy => ({
  spec,
  start(copies, random) {
    const draw = randomActionOf(spec);
    const team = spec.agents.length;
    const streams = Array.from({ length: copies }, () => random.split());
    return {
      act(frame, actions) {
        for (const [copy, stream] of streams.entries()) {
          for (let agent = 0; agent < team; agent++) {
            draw(agent, copy * team + agent, frame.availableActions, stream, actions);
          }
        }
      },
      dispose() {},
    };
  },
});
