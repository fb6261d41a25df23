import { expect } from 'vitest';
import { ratioOf, type Sample, type Vector } from './float64';
import { sizes } from './problem';

/** What all updates of the tiny problem are asked for. */
export const common = { normaliseAdvantages: 'none', order: 'fixed', length: 1 } as const;

/** Each agent with an actor of its own. */
export const apart = [[0], [1]];

export const expectClose = (found: readonly Vector[], expected: readonly Vector[], digits = 4) => {
  expect(found).toHaveLength(expected.length);
  found.forEach((vector, index) => {
    expect(vector).toHaveLength(expected[index].length);
    vector.forEach((value, entry) => {
      expect(value).toBeCloseTo(expected[index][entry], digits);
    });
  });
};

/** What others make of an agent's samples: where it was dead its action meant nothing. */
export const ratiosOf = (theta: Vector, samples: readonly Sample[]): Vector =>
  samples.map((sample) => (sample.weight === 0 ? 1 : ratioOf(theta, sizes, sample)));
