import type { Body } from '../../src/mujoco/body';
import { engine } from '../../src/mujoco/engine';
import { writeReadings } from '../../src/mujoco/reading';
import { rulesOf } from '../../src/mujoco/rules';
import { compile, Simulation } from '../../src/mujoco/simulation';
import { sourcesOf } from '../../src/mujoco/world';

/** A partition of each body by its name in Gymnasium; which one is all the same to the body. */
const variants: Readonly<Record<string, string>> = {
  Reacher: 'reacher-2x1',
  HalfCheetah: 'halfcheetah-2x3',
  Ant: 'ant-4x2',
  Hopper: 'hopper-3x1',
  Walker2d: 'walker2d-2x3',
  Swimmer: 'swimmer-2x1',
  Humanoid: 'humanoid-9-8',
  CoupledHalfCheetah: 'coupled-halfcheetah-1p1',
  ManySegmentSwimmer: 'many-segment-swimmer-2x3',
  ManySegmentAnt: 'many-segment-ant-3x1',
};

export interface Stage {
  readonly body: Body;
  readonly simulation: Simulation;
  /** What a single agent would see now. */
  observation(): Float64Array;
  dispose(): void;
}

/** A body alone, in double precision. @param name such as `HalfCheetah-v5`. */
export const compileBody = (name: string): Stage => {
  const [known, version] = name.split('-');
  if (!variants[known]) throw new Error(`the trace is of ${name}, which these tests do not know`);
  return compileVariant(variants[known], { version });
};

export const compileVariant = (variant: string, options: object = {}): Stage => {
  const rules = rulesOf(variant, options);
  const { body } = rules;
  const model = compile(engine(), body.model);
  const sources = sourcesOf(rules);
  const forces = rules.contactForces && sources.includes('cfrc_ext');
  const simulation = new Simulation(engine(), model, sources, body.extra, forces);
  return {
    ...{ body, simulation },
    observation() {
      const into = new Float64Array(body.observation.length);
      writeReadings(body.observation, simulation.values, into);
      return into;
    },
    dispose() {
      simulation.dispose();
      model.delete();
    },
  };
};
