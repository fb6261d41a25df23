import {
  type Environment,
  EnvironmentError,
  type EnvironmentSpec,
  layoutOf,
  type State,
  stateArray,
  stateNumber,
  stateString,
  stateTree,
} from '@murmuration/core';
import { inWords } from '../scene/elements';
import type { EngineModel } from './engine';
import { createObserve, createState } from './observe';
import { fields, type Values } from './reading';
import type { Rules } from './rules';
import { type Figure, sceneOf } from './scene';
import type { Simulation } from './simulation';

const copyOf = (values: Values): Record<string, Float64Array> =>
  Object.fromEntries(fields.map((field) => [field, values[field].slice()]));

const setAll = (into: Values, from: Values): void => {
  for (const field of fields) into[field].set(from[field]);
};

/** States from before they named their engine are taken as they are. */
const checkEngine = (id: string, state: State, running: string): void => {
  if (!Object.hasOwn(state, 'engineVersion')) return;
  const saved = stateString(state, 'engineVersion');
  if (saved === running) return;
  const message = `${id}: this state was saved with MuJoCo ${saved}, but ${running} is installed and would go on differently; run npm install @mujoco/mujoco@${saved}`;
  throw new EnvironmentError('@murmuration/envs', message);
};

/** One copy of a world, around a simulation of its own. */
export const createCopy = (
  { body, agents, episodeLimit, ...rules }: Rules,
  spec: EnvironmentSpec,
  model: EngineModel,
  simulation: Simulation,
  figure: Figure,
): Environment => {
  const { actionWidth } = layoutOf(spec);
  const { values, engineVersion } = simulation;
  const all = { ...rules, body, agents, episodeLimit };
  const [observe, writeState] = [createObserve(all), createState(all)];
  const initial = model.qpos0.slice();
  const [qpos, qvel] = [new Float64Array(model.nq), new Float64Array(model.nv)];
  const control = new Float64Array(body.actuators);
  const before = copyOf(values) as unknown as Values;
  let steps = 0;
  let start = 0;

  return {
    spec,
    reset(random) {
      qpos.set(initial);
      qvel.fill(0);
      body.perturb(random, qpos, qvel);
      simulation.start(qpos, qvel);
      start = body.metric.track(values);
      steps = 0;
    },
    step(actions) {
      agents.forEach((joints, agent) => {
        joints.forEach(({ action }, index) => {
          const value = actions[agent * actionWidth + index];
          if (!Number.isFinite(value)) {
            const message = `${spec.id}: an action of ${spec.agents[agent].id} is ${value}; give finite numbers`;
            throw new EnvironmentError('@murmuration/envs', message);
          }
          control[action] = value;
        });
      });
      setAll(before, values);
      simulation.advance(control, body.frameSkip);
      steps++;
      const { reward, healthy } = body.judge(before, values, control);
      return { reward, terminated: !healthy, truncated: healthy && steps >= episodeLimit };
    },
    observe: (agent, observation) => observe(values, agent, observation),
    state: (state) => writeState(values, state),
    metrics(metrics) {
      metrics[0] = body.metric.measure(start, values);
    },
    draw() {
      const value = body.metric.measure(start, values).toFixed(2);
      return sceneOf(figure, simulation.view, `step ${steps}: ${inWords(body.metric.name)} ${value} m`);
    },
    save: (): State => ({ engine: simulation.save(), engineVersion, values: copyOf(values), steps, start }),
    restore(state) {
      checkEngine(spec.id, state, engineVersion);
      const saved = stateTree(state, 'values');
      for (const field of fields) {
        values[field].set(stateArray(saved, field, Float64Array, values[field].length));
      }
      simulation.restore(stateArray(state, 'engine', Float64Array, simulation.stateSize()));
      steps = stateNumber(state, 'steps');
      start = stateNumber(state, 'start');
    },
  };
};
