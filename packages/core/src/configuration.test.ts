import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { corridor } from '../test/fixtures/corridor';
import { deepQ } from '../test/fixtures/deepQ';
import { nearestName, parseConfiguration } from './configuration';
import type { EnvironmentSpec } from './environment';
import { resolveConfiguration } from './resolve';

const schema = z.strictObject({
  discount: z.number().min(0, 'give a number from 0 to 1').max(1, 'give a number from 0 to 1').default(0.99),
  schedule: z.strictObject({ turn: z.int().default(13_000) }).prefault({}),
});

describe('parseConfiguration', () => {
  it('fills in defaults', () => {
    expect(parseConfiguration('x', schema, {})).toEqual({ discount: 0.99, schedule: { turn: 13_000 } });
  });

  it('names the option, the value and what would do', () => {
    expect(() => parseConfiguration('x y', schema, { discount: 2 })).toThrow(
      'x y: discount is 2; give a number from 0 to 1',
    );
    expect(() => parseConfiguration('x', schema, { schedule: { turn: 'long' } })).toThrow(
      'x: schedule.turn is "long"; ',
    );
  });

  it('suggests the nearest option, or lists them', () => {
    expect(() => parseConfiguration('x', schema, { discont: 1 })).toThrow(
      'x: there is no option discont; did you mean discount?',
    );
    expect(() => parseConfiguration('x', schema, { schedule: { tern: 1 } })).toThrow(
      'x: there is no option schedule.tern; did you mean schedule.turn?',
    );
    expect(() => parseConfiguration('x', schema, { zzzzzzzz: 1 })).toThrow('known are discount, schedule');
  });

  it('finds near names only', () => {
    expect(nearestName('coordnation', ['coordination', 'flag'])).toBe('coordination');
    expect(nearestName('chess', ['coordination', 'flag'])).toBeUndefined();
    expect(nearestName('a', [])).toBeUndefined();
  });
});

describe('resolveConfiguration', () => {
  const { spec } = corridor();

  it('lays what was set over a preset over the defaults for the world over the defaults', () => {
    const decay = { exploration: { decay: 1 } };
    expect(resolveConfiguration(deepQ, spec)).toEqual({ learningRate: 1e-3, epsilon: 0.2, ...decay });
    expect(resolveConfiguration(deepQ, spec, { preset: 'careful' }).learningRate).toBe(1e-4);
    expect(resolveConfiguration(deepQ, spec, { preset: 'careful', learningRate: 1 }).learningRate).toBe(1);
    expect(resolveConfiguration(deepQ, spec, { exploration: { decay: 2 } }).exploration).toEqual({
      decay: 2,
    });
  });

  it('names a preset that was meant', () => {
    expect(() => resolveConfiguration(deepQ, spec, { preset: 'carefull' })).toThrow(
      '@murmuration/core deep-q: there is no preset carefull; did you mean careful?',
    );
    // Not what every object has.
    expect(() => resolveConfiguration(deepQ, spec, { preset: 'constructor' })).toThrow(
      'there is no preset constructor',
    );
  });

  it.each<[string, Partial<EnvironmentSpec>]>([
    ['its agents have different rewards', { sharedReward: false }],
    ['its agents may become inactive during an episode', { agentsDie: true }],
    [
      'agent a has discrete observations, it takes box',
      { agents: [{ ...spec.agents[0], observation: spec.state }] },
    ],
    [
      'agent a has box actions, it takes discrete',
      { agents: [{ ...spec.agents[0], action: spec.agents[0].observation }] },
    ],
    [
      'its agents have different spaces',
      { agents: [spec.agents[0], { ...spec.agents[1], action: { kind: 'discrete', size: 9 } }] },
    ],
  ])('refuses a world it cannot learn: %s', (reason, change) => {
    expect(() => resolveConfiguration(deepQ, { ...spec, ...change })).toThrow(
      `@murmuration/core: deep-q cannot learn corridor/2: ${reason}`,
    );
  });
});
