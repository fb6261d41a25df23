import { expect } from 'vitest';
import { compileBody } from './stage';

/** A recording of Gymnasium: the start, then what each action led to. */
export interface Trace {
  readonly qpos0: readonly number[];
  readonly qvel0: readonly number[];
  readonly obs0: readonly number[];
  readonly lo: readonly number[];
  readonly hi: readonly number[];
  readonly frame_skip: number;
  readonly dt: number;
  readonly max_steps: number;
  readonly steps: readonly {
    readonly a: readonly number[];
    readonly r: number;
    readonly term: boolean;
    readonly o: readonly number[];
  }[];
}

/** Steps until contacts have blown up the last bits: from there on no two builds of the engine agree. */
const chaosFrom: Readonly<Record<string, number>> = { Ant: 60, HalfCheetah: 70 };

const near = (
  where: string,
  found: ArrayLike<number>,
  wanted: readonly number[],
  tolerance: number,
): void => {
  expect(found.length, `${where}: how many`).toBe(wanted.length);
  const worst = wanted.findIndex((value, index) => !(Math.abs(found[index] - value) <= tolerance));
  expect(worst, `${where}, entry ${worst}: ${found[worst]} instead of ${wanted[worst]}`).toBe(-1);
};

/**
 * @param name such as `HalfCheetah-v5`.
 * @param first what the first five steps must agree to; all must agree to 1e-6.
 */
export const checkTrace = (name: string, trace: Trace, first = 1e-6): void => {
  const { body, simulation, observation, dispose } = compileBody(name);
  try {
    expect(body.frameSkip).toBe(trace.frame_skip);
    expect(body.frameSkip * body.timestep).toBeCloseTo(trace.dt, 12);
    expect(body.episodeLimit).toBe(trace.max_steps);
    expect(body.actuators).toBe(trace.hi.length);
    near(`${name}: controls`, trace.hi, new Array(body.actuators).fill(body.controlLimit), 1e-7);

    simulation.start(Float64Array.from(trace.qpos0), Float64Array.from(trace.qvel0));
    near(`${name} at the start`, observation(), trace.obs0, first);
    const until = chaosFrom[name.split('-')[0]] ?? trace.steps.length;
    for (const [number, { a, r, term, o }] of trace.steps.slice(0, until).entries()) {
      const where = `${name}, step ${number + 1}`;
      const before = structuredClone(simulation.values);
      const control = Float64Array.from(a);
      simulation.advance(control, body.frameSkip);
      const { reward, healthy } = body.judge(before, simulation.values, control);
      const tolerance = number < 5 ? first : 1e-6;
      near(where, observation(), o, tolerance);
      near(`${where}: reward`, [reward], [r], tolerance);
      expect(healthy, `${where}: end`).toBe(!term);
    }
  } finally {
    dispose();
  }
};
