import {
  ConfigurationError,
  createActions,
  createFrame,
  EnvironmentError,
  randomFrom,
  type State,
  stateTree,
  type VectorEnvironment,
} from '@murmuration/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Engine, type EngineData, engine, loadMujoco } from './engine';
import { type MujocoInput, mujoco, mujocoFamily } from './mujoco';
import { rulesOf, variants } from './rules';
import { compile, Simulation } from './simulation';

beforeAll(loadMujoco);

const begin = (input: MujocoInput) => {
  const world = mujoco(input);
  const frame = createFrame(world.spec, world.copies);
  const actions = createActions(world.spec, world.copies);
  world.reset(randomFrom(1), frame);
  return { world, frame, actions };
};

/** Step with drawn actions; what was seen at the end. */
const play = ({ world, frame, actions }: ReturnType<typeof begin>, steps: number): number[] => {
  const random = randomFrom(2);
  for (let step = 0; step < steps; step++) {
    actions.forEach((_, index) => {
      actions[index] = 2 * random.uniform() - 1;
    });
    world.step(actions, frame);
  }
  return [...frame.observations];
};

/** A simulation of a body alone; read-only views of its memory tell what becomes of it. */
const simulate = (variant: string): { simulation: Simulation; dispose: () => void } => {
  const { body } = rulesOf(variant, {});
  const model = compile(engine(), body.model);
  const simulation = new Simulation(engine(), model, ['qpos'], body.extra, false);
  return {
    simulation,
    dispose() {
      simulation.dispose();
      model.delete();
    },
  };
};

describe('memory of the engine', () => {
  test('may grow while a world is alive', () => {
    const calm = begin({ variant: 'halfcheetah-2x3' });
    const wanted = play(calm, 20);
    const disturbed = begin({ variant: 'halfcheetah-2x3' });
    const witness = simulate('reacher-2x1');
    const view = witness.simulation.view('qpos');
    const others: VectorEnvironment[] = [];
    play(disturbed, 5);
    disturbed.world.reset(randomFrom(1), disturbed.frame);
    while (view.length > 0) others.push(mujoco({ variant: 'humanoid-9-8', copies: 8 }));
    expect(play(disturbed, 20)).toEqual(wanted);
    expect(witness.simulation.view('qpos')).toHaveLength(4);
    for (const world of [...others, calm.world, disturbed.world]) world.dispose?.();
    witness.dispose();
  });

  test('is freed by dispose', () => {
    const witness = simulate('reacher-2x1');
    const size = (): number => witness.simulation.view('qpos').buffer.byteLength;
    const use = (): void => {
      const made = begin({ variant: 'humanoid-9-8', copies: 8 });
      made.world.restore(made.world.save());
      made.world.dispose?.();
    };
    use();
    const before = size();
    for (let round = 0; round < 20; round++) use();
    expect(size()).toBe(before);
    witness.dispose();
  });

  test('does not grow with steps', () => {
    const made = begin({ variant: 'reacher-2x1' });
    const witness = simulate('reacher-2x1');
    const before = witness.simulation.view('qpos').buffer.byteLength;
    play(made, 3000);
    expect(witness.simulation.view('qpos').buffer.byteLength).toBe(before);
    made.world.dispose?.();
    witness.dispose();
  });

  test('refuses an action that is no number, and says whose', () => {
    const { world, frame, actions } = begin({ variant: 'swimmer-2x1' });
    actions[1] = Number.NaN;
    expect(() => world.step(actions, frame)).toThrow(
      /^mujoco\/swimmer-2x1: an action of .+ is NaN; give finite numbers$/,
    );
    world.dispose?.();
  });

  test('is no longer asked for once disposed', () => {
    const { world, frame, actions } = begin({ variant: 'swimmer-2x1' });
    const state = world.save();
    world.dispose?.();
    world.dispose?.();
    const uses = {
      step: () => world.step(actions, frame),
      reset: () => world.reset(randomFrom(1), frame),
      save: () => world.save(),
      restore: () => world.restore(state),
    };
    for (const use of Object.values(uses)) {
      expect(use).toThrow(EnvironmentError);
      expect(use).toThrow('mujoco: this world was disposed; make another');
    }
  });

  test('is freed where there is not enough for all copies', () => {
    const running = engine() as { MjData: Engine['MjData'] };
    const plenty = running.MjData;
    const handles: { isDeleted(): boolean }[] = [];
    running.MjData = new Proxy(plenty, {
      construct(MjData, [model]) {
        if (handles.length === 4) throw new Error('no more memory');
        const data = new MjData(model);
        handles.push(model, data as never);
        return data;
      },
    });
    expect(() => mujoco({ variant: 'swimmer-2x1', copies: 3 })).toThrow(/^no more memory$/);
    running.MjData = plenty;
    expect(handles.map((handle) => handle.isDeleted())).toEqual([true, true, true, true]);
  });

  test.each(['halfcheetah-2x3', 'ant-4x2', 'humanoid-9-8', 'many-segment-ant-5x2'])(
    'is enough for %s',
    (variant) => {
      const { body } = rulesOf(variant, {});
      const running = engine();
      const model = compile(running, body.model);
      const data = new running.MjData(model) as EngineData & Record<'narena' | 'maxuse_arena', number>;
      const random = randomFrom(3);
      for (let step = 0; step < 100; step++) {
        for (let motor = 0; motor < body.actuators; motor++) {
          data.ctrl[motor] = body.controlLimit * (2 * random.uniform() - 1);
        }
        running.mj_step(model, data);
      }
      expect(data.maxuse_arena).toBeLessThan(data.narena / 5);
      data.delete();
      model.delete();
    },
  );
});

describe('a saved state', () => {
  const stateOf = (engineVersion: object): State => {
    const { world } = begin({ variant: 'swimmer-2x1' });
    const copy = stateTree(world.save(), 'copy0');
    const { engineVersion: running, ...older } = stateTree(copy, 'world');
    expect(running).toBe('3.14.0');
    world.dispose?.();
    return { copy0: { ...copy, world: { ...older, ...engineVersion } } };
  };
  const restore = (state: State): void => {
    const { world } = begin({ variant: 'swimmer-2x1' });
    try {
      world.restore(state);
    } finally {
      world.dispose?.();
    }
  };

  test('of another engine is refused', () => {
    const state = stateOf({ engineVersion: '3.3.8' });
    expect(() => restore(state)).toThrow(EnvironmentError);
    expect(() => restore(state)).toThrow(
      'mujoco/swimmer-2x1: this state was saved with MuJoCo 3.3.8, but 3.14.0 is installed and would go on differently; run npm install @mujoco/mujoco@3.3.8',
    );
  });

  test('from before it named its engine is taken as it is', () => {
    expect(() => restore(stateOf({}))).not.toThrow();
    expect(() => restore(stateOf({ engineVersion: 3 }))).toThrow('should be a string but is 3');
  });
});

test.each(variants)('every motor of %s has one agent', (variant) => {
  const { agents, body } = rulesOf(variant, {});
  const motors = agents.flatMap((joints) => joints.map(({ action }) => action));
  expect(motors.sort((one, other) => one - other)).toEqual(motors.map((_, index) => index));
  expect(motors).toHaveLength(body.actuators);
});

describe('judgements', () => {
  const values = (length: number, set: Record<number, number>): Float64Array =>
    new Float64Array(length).map((_, index) => set[index] ?? 0);
  const none = new Float64Array(0);
  const rest = { cinert: none, cvel: none, qfrc_actuator: none };

  test.each([
    [0.19, false],
    [0.2, true],
    [1, true],
    [1.01, false],
    [Number.NaN, false],
  ])('an ant at %s m: %s', (height, healthy) => {
    const after = {
      ...rest,
      ...{ qpos: values(15, { 2: height }), qvel: values(14, {}) },
      ...{ cfrc_ext: values(84, { 0: 3, 10: -0.5 }), extra: Float64Array.of(0.05) },
    };
    const before = { ...after, extra: Float64Array.of(0) };
    const control = Float64Array.of(1, 0.5, 0, 0, 0, 0, 0, 0);
    for (const [version, bonus, forces] of [
      ['v5', healthy ? 1 : 0, 1.25],
      ['v4', 1, 0],
      ['v2', 1, 1.25],
    ] as const) {
      const judged = rulesOf('ant-4x2', { version }).body.judge(before, after, control);
      expect(judged.healthy).toBe(healthy);
      expect(judged.reward).toBeCloseTo(1 + bonus - 0.5 * 1.25 - 5e-4 * forces, 12);
    }
  });

  test('a reacher’s distance counts before v5 as it was before the step', () => {
    const at = (distance: number) => ({
      ...rest,
      ...{ qpos: none, qvel: none, cfrc_ext: none, extra: values(7, { 4: distance }) },
    });
    const judge = (version: string) =>
      rulesOf('reacher-2x1', { version }).body.judge(at(0.3), at(0.1), Float64Array.of(0.5, 0)).reward;
    expect(judge('v5')).toBeCloseTo(-0.1 - 0.25, 12);
    expect(judge('v4')).toBeCloseTo(-0.3 - 0.25, 12);
  });
});

describe('what agents see', () => {
  test('the state and who they are, by their own mean and deviation', () => {
    const { world, frame } = begin({ variant: 'hopper-3x1', observation: 'standardised' });
    expect(world.spec.agents[0].observation).toMatchObject({ shape: [14] });
    const rows = [0, 1, 2].map((agent) => frame.observations.subarray(14 * agent, 14 * agent + 14));
    for (const row of [...rows, frame.state]) {
      const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
      const square = row.reduce((sum, value) => sum + value * value, 0) / row.length;
      expect(mean).toBeCloseTo(0, 5);
      expect(square).toBeCloseTo(1, 5);
    }
    // The height, 1.25 m, and the own 1 stand out.
    rows.forEach((row, agent) => {
      const high = [...row.keys()].filter((index) => row[index] > 1.5);
      expect(high).toEqual([0, 11 + agent]);
    });
    world.dispose?.();
  });

  test('no contacts where none are calculated', () => {
    const { world, frame, actions } = begin({ variant: 'ant-4x2', contactForces: false });
    for (let step = 0; step < 20; step++) world.step(actions, frame);
    expect(frame.state.subarray(27).every((force) => force === 0)).toBe(true);
    world.dispose?.();
    const touching = begin({ variant: 'ant-4x2' });
    for (let step = 0; step < 20; step++) touching.world.step(touching.actions, touching.frame);
    expect(touching.frame.state.subarray(27).some((force) => force !== 0)).toBe(true);
    touching.world.dispose?.();
  });
});

describe('wrong options', () => {
  test.each([
    [
      'halfchetah-2x3',
      {},
      'there is no environment mujoco/halfchetah-2x3; did you mean mujoco/halfcheetah-2x3?',
    ],
    ['ant-three', {}, 'there is no environment mujoco/ant-three; '],
    ['ant-16x16', {}, 'of ant there are 2x4, 2x4d, 4x2, 8x1'],
    ['snake', {}, 'bodies are reacher, halfcheetah, ant'],
    [
      'many-segment-ant-9x9',
      {},
      'there is no environment mujoco/many-segment-ant-9x9; give agents by segments of each, 2 to 50 segments in all, such as mujoco/many-segment-ant-2x3',
    ],
    ['many-segment-ant-100x1', {}, '2 to 50 segments in all'],
    ['many-segment-ant-51x1', {}, '2 to 50 segments in all'],
    ['many-segment-swimmer-1x1', {}, '2 to 50 segments in all, such as mujoco/many-segment-swimmer-10x2'],
    ['many-segment-swimmer-long', {}, '2 to 50 segments in all'],
    ['hopper-3x1', { depht: 2 }, 'there is no option depht; did you mean depth?'],
    ['hopper-3x1', { version: 'v3' }, 'mujoco/hopper-3x1: version is "v3"'],
    ['hopper-3x1', { globalCategories: ['position'] }, 'mujoco/hopper-3x1: globalCategories.0 is "position"'],
  ])('mujoco/%s with %o', (variant, options, message) => {
    expect(() => mujocoFamily.create(variant, options)).toThrow(ConfigurationError);
    expect(() => mujocoFamily.create(variant, options)).toThrow(message);
  });

  test('agents that would see nothing', () => {
    const nothing = { localCategories: [['ten_J' as const]], globalCategories: [] };
    expect(() => mujoco({ variant: 'ant-4x2', ...nothing })).toThrow(ConfigurationError);
    expect(() => mujoco({ variant: 'ant-4x2', ...nothing })).toThrow(
      'mujoco/ant-4x2: agent-0 would see nothing; add what its joints have to localCategories, such as qpos',
    );
    // Only the second joint is at the fingertip.
    const far = { depth: 0, localCategories: [['fingertip_dist' as const]], globalCategories: [] };
    expect(() => mujoco({ variant: 'reacher-2x1', ...far })).toThrow('agent-0 would see nothing');
    expect(rulesOf('ant-4x2', { ...nothing, observation: 'full' }).body.observation).toHaveLength(105);
  });

  test.each([
    [{}, 'mujoco: variant is nothing; give a name such as halfcheetah-2x3'],
    [{ variant: 3 }, 'mujoco: variant is 3; give a name such as halfcheetah-2x3'],
  ])('no variant, as JavaScript may give %o', (input, message) => {
    expect(() => mujoco(input as never)).toThrow(ConfigurationError);
    expect(() => mujoco(input as never)).toThrow(message);
  });

  test('as many segments as there may be', () => {
    expect(rulesOf('many-segment-swimmer-50x1', {}).agents).toHaveLength(50);
    expect(rulesOf('many-segment-ant-1x50', {}).agents).toHaveLength(1);
    expect(rulesOf('many-segment-ant-1x2', {}).agents[0]).toHaveLength(8);
  });

  test('no copies', () => {
    expect(() => mujoco({ variant: 'hopper-3x1', copies: 0 })).toThrow(
      'mujoco/hopper-3x1: copies is 0; give a positive integer',
    );
  });
});
