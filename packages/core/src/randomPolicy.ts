import type { EnvironmentSpec } from './environment';
import type { Policy } from './policy';
import { createActionDraws } from './randomActions';

/**
 * A team that acts at random, to compare others with: every action that can be taken is as likely as any other,
 * continuous ones are uniform within their bounds (normal where these are infinite). Each copy has a stream of its own.
 */
export const createRandomPolicy = (spec: EnvironmentSpec): Policy => ({
  spec,
  start(copies, random) {
    const draw = createActionDraws(spec);
    const streams = Array.from({ length: copies }, () => random.split());
    return {
      act(frame, actions) {
        for (const [copy, stream] of streams.entries()) draw(frame, copy, stream, actions);
      },
      dispose() {},
    };
  },
});
