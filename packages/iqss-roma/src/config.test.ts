import {
  type Algorithm,
  box,
  createEnvironment,
  discrete,
  type EnvironmentSpec,
  resolveConfiguration,
} from '@murmuration/core';
import {
  coordinationFamily,
  differentialFamily,
  flagFamily,
  gridFamily,
  matrixGameFamily,
} from '@murmuration/envs';
import { describe, expect, it } from 'vitest';
import type { ZodObject, ZodType } from 'zod';
import * as scheduled from './algorithms';
import * as central from './centralAlgorithms';
import { scheduleSchema } from './config';
import { membershipOf, scheduleOptionsOf } from './learner';

const algorithms = [...Object.values(scheduled), ...Object.values(central)] as unknown as Algorithm[];

/** Every option with its path, groups opened. */
const optionsOf = (schema: ZodType, path = ''): [string, ZodType][] => {
  let inner: unknown = schema;
  while (typeof inner === 'object' && inner !== null && 'unwrap' in inner && !('shape' in inner))
    inner = (inner as { unwrap(): unknown }).unwrap();
  const shape = (inner as Partial<ZodObject>).shape;
  if (!shape) return [[path, schema]];
  return Object.entries(shape).flatMap(([name, option]) =>
    optionsOf(option as ZodType, path ? `${path}.${name}` : name),
  );
};

const specOf = (family: typeof coordinationFamily | typeof flagFamily, variant: string): EnvironmentSpec =>
  createEnvironment(family.create(variant), 1).spec;

const coordination = specOf(coordinationFamily, '3');
const grid = createEnvironment(gridFamily.create('2'), 1).spec;

describe('the configuration', () => {
  it.each(algorithms.map((algorithm) => [algorithm.id, algorithm] as const))(
    'of %s says of each option what it means and where its value is from',
    (_, { configuration }) => {
      const options = optionsOf(configuration);
      expect(options.length).toBeGreaterThan(3);
      for (const [name, option] of options) {
        const { meaning, source } = option.meta() ?? {};
        expect([name, typeof meaning, typeof source]).toEqual([name, 'string', 'string']);
      }
    },
  );

  it.each(algorithms.map((algorithm) => [algorithm.id, algorithm] as const))(
    'of %s has presets and defaults that are in range',
    (_, algorithm) => {
      for (const spec of [coordination, specOf(flagFamily, '2')]) {
        const defaults = algorithm.defaults(spec);
        expect(defaults.steps).toBeGreaterThan(1000);
        expect(resolveConfiguration(algorithm, spec)).toEqual(
          resolveConfiguration(algorithm, spec, defaults.values),
        );
        for (const preset of Object.keys(algorithm.presets))
          expect(resolveConfiguration(algorithm, spec, { preset })).toBeTypeOf('object');
      }
    },
  );

  it('plans the paper’s budgets for its task, and as much for each agent of others', () => {
    const plan = (variant: string) => scheduled.romaIqss.defaults(specOf(coordinationFamily, variant));
    expect(['3', '5', '7', '10'].map((variant) => plan(variant).steps)).toEqual([
      115_000, 200_000, 300_000, 430_000,
    ]);
    expect(plan('3').values).toMatchObject({ learner: 'tabular', schedule: { turn: 13_000 } });
  });

  it('has κ = 5 for ROMA-iQSS alone', () => {
    const kappa = ({ id }: Algorithm) =>
      (resolveConfiguration(algorithms.find((each) => each.id === id)!, coordination) as { kappa?: number })
        .kappa;
    expect(Object.fromEntries(algorithms.map((each) => [each.id, kappa(each)]))).toEqual({
      'roma-iqss': 5,
      'sma-iqss': 0,
      'roma-i2q': 0,
      'sma-i2q': 0,
      'roma-iql': 0,
      'sma-iql': 0,
      'roma-hysteretic': 0,
      'sma-hysteretic': 0,
      ma2ql: 0,
      'central-q': undefined,
      'central-qss': 0,
    });
  });

  it('sticks and scales by the rewards of a world', () => {
    const matrix = createEnvironment(matrixGameFamily.create('2'), 1).spec;
    const values = { learner: 'tabular', schedule: { turn: 5000 }, deep: { rewardScale: 1 } };
    expect(scheduled.romaIqss.defaults(matrix).values).toEqual({ ...values, kappa: 0.02 });
    expect(scheduled.smaIqss.defaults(matrix).values).toEqual(values);
    expect(resolveConfiguration(scheduled.romaIqss, matrix, { preset: 'paper' })).toMatchObject({
      kappa: 5,
      deep: { rewardScale: 0.01 },
    });
  });

  it('replaces the words turn, unlimited and auto', () => {
    const options = scheduleOptionsOf('roma', scheduleSchema.parse({ turn: 50, epsilon: 0.6 }));
    const words = { delta: 'auto', minimumVisits: 2 } as const;
    const of = (agent: number, window: 'turn' | 'unlimited' | 9, kind: 'roma' | 'sma' = 'roma') =>
      membershipOf({ ...words, window }, { spec: coordination, agent }, { ...options, kind });
    expect(of(0, 'turn')).toEqual({
      window: 50,
      delta: expect.closeTo(0.004, 12),
      minimumVisits: 2,
      doubt: 0,
    });
    expect(of(2, 'unlimited')).toMatchObject({
      window: Number.POSITIVE_INFINITY,
      delta: expect.closeTo(0.1, 12),
    });
    expect(of(2, 9, 'sma')).toMatchObject({ window: 9, delta: expect.closeTo(0.004, 12) });
  });

  it('lets seniors and juniors of MA2QL explore alike', () => {
    const options = scheduleOptionsOf('roma', scheduleSchema.parse({ epsilon: 0.6 }), 0.1);
    expect(options).toMatchObject({ epsilon: 0.6, seniorEpsilon: 0.1, juniorEpsilon: 0.1 });
  });
});

describe('worlds that cannot be learned', () => {
  const refusal = (algorithm: unknown, spec: EnvironmentSpec, settings = {}): string => {
    try {
      resolveConfiguration(algorithm as Algorithm, spec, settings);
    } catch (error) {
      return (error as Error).message;
    }
    return 'accepted';
  };

  it('are refused for tables where there is no finite set, with advice', () => {
    expect(refusal(scheduled.romaIql, grid, { learner: 'tabular' })).toBe(
      '@murmuration/iqss-roma: roma-iql cannot learn grid/2: its observations or states are no finite set for tables; set learner=deep',
    );
    expect(refusal(scheduled.romaIql, grid)).toBe('accepted');
  });

  it('are refused by iQSS where observations or states are no finite set', () => {
    expect(refusal(scheduled.romaIqss, grid)).toContain('has box observations, it takes discrete');
    const mixed = { ...coordination, state: box([2]) };
    expect(refusal(scheduled.smaIqss, mixed, { learner: 'deep' })).toContain(
      'take sma-i2q with learner=deep',
    );
  });

  it('are refused where actions are continuous or agents die', () => {
    const differential = createEnvironment(differentialFamily.create('2'), 1).spec;
    expect(refusal(scheduled.romaI2q, differential)).toContain('has box actions');
    expect(refusal(scheduled.romaIql, { ...coordination, agentsDie: true })).toContain('inactive');
  });

  it('are refused where an adversary does not exist', () => {
    const settings = { schedule: { adversary: { agent: 3, during: 'senior' } } };
    expect(refusal(scheduled.romaIqss, coordination, settings)).toContain(
      'schedule.adversary.agent is 3, its agents are 0 to 2',
    );
  });

  it('are refused where a table would be too large', () => {
    const large = {
      ...coordination,
      agents: coordination.agents.map((agent) => ({ ...agent, observation: discrete(2 ** 24) })),
    };
    expect(refusal(scheduled.romaIqss, large)).toContain('a table would have 50331648 entries');
    expect(refusal(central.centralQ, specOf(coordinationFamily, '20'))).toContain('joint actions');
  });
});
