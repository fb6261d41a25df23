import { EnvironmentError } from '@murmuration/core';
import type { Engine, EngineData, EngineModel } from './engine';
import { type Field, fields, type Values } from './reading';

/** Arrays of the engine that bodies derive something from. */
export type ViewName = Exclude<keyof EngineData, 'delete'>;

/** Reads an array of the engine: valid until the next call into the engine. */
export type View = (name: ViewName) => Float64Array;

/** Derives a body's `extra` numbers. */
export interface Extra {
  readonly width: number;
  /** @param masses of all bodies, kg */
  measure(view: View, into: Float64Array, masses: Float64Array): void;
}

/** Compile a model. @throws Error of the engine where it is wrong: ours never are. */
export const compile = (engine: Engine, xml: string): EngineModel => {
  const model = engine.MjModel.from_xml_string(xml);
  if (!model) throw new Error('the engine made no model');
  return model;
};

/** One simulation: memory of the engine, until `dispose`. */
export class Simulation {
  /** What the fields held after the last step or reset; each step writes it anew. */
  readonly values: Values;
  /** Which MuJoCo it is, such as `3.14.0`: others go on differently from the same state. */
  readonly engineVersion: string;
  private readonly data: EngineData;
  private readonly masses: Float64Array;
  private disposed = false;
  private readonly views = new Map<ViewName, Float64Array>();

  /**
   * @param sources fields to read after each step.
   * @param forces whether to calculate contact forces, which the engine leaves out of a step.
   */
  constructor(
    private readonly engine: Engine,
    private readonly model: EngineModel,
    private readonly sources: readonly Exclude<Field, 'extra'>[],
    private readonly extra: Extra,
    private readonly forces: boolean,
  ) {
    this.engineVersion = engine.mj_versionString();
    this.data = new engine.MjData(model);
    this.masses = model.body_mass.slice();
    const lengths: Partial<Record<Field, number>> = { extra: extra.width };
    for (const source of sources) lengths[source] = this.view(source).length;
    this.values = Object.fromEntries(
      fields.map((field) => [field, new Float64Array(lengths[field] ?? 0)]),
    ) as Record<Field, Float64Array>;
  }

  private refuseDisposed(): void {
    if (!this.disposed) return;
    throw new EnvironmentError('@murmuration/envs', 'mujoco: this world was disposed; make another');
  }

  /**
   * An array of the engine. Views are kept, for making one takes longer than reading it; they lose their memory when
   * that of the engine grows, which whoever makes another simulation may cause at any time.
   */
  readonly view: View = (name) => {
    this.refuseDisposed();
    const known = this.views.get(name);
    if (known && known.length > 0) return known;
    const view = this.data[name];
    this.views.set(name, view);
    return view;
  };

  private read(): void {
    for (const source of this.sources) this.values[source].set(this.view(source));
    this.extra.measure(this.view, this.values.extra, this.masses);
  }

  /** Start from positions and velocities; everything else as it is at the beginning of time. */
  start(qpos: Float64Array, qvel: Float64Array): void {
    this.refuseDisposed();
    this.engine.mj_resetData(this.model, this.data);
    this.view('qpos').set(qpos);
    this.view('qvel').set(qvel);
    this.engine.mj_forward(this.model, this.data);
    this.read();
  }

  /** Hold a control for some steps of the engine. */
  advance(control: Float64Array, steps: number): void {
    this.view('ctrl').set(control);
    for (let step = 0; step < steps; step++) this.engine.mj_step(this.model, this.data);
    if (this.forces) this.engine.mj_rnePostConstraint(this.model, this.data);
    this.read();
  }

  /** The engine's full integration state, which the next step depends on. */
  save(): Float64Array {
    const what = this.engine.mjtState.mjSTATE_INTEGRATION.value;
    const buffer = new this.engine.DoubleBuffer(this.stateSize());
    try {
      this.engine.mj_getState(this.model, this.data, buffer, what);
      return buffer.GetView().slice();
    } finally {
      buffer.delete();
    }
  }

  /** How many numbers {@link save} gives. */
  stateSize(): number {
    this.refuseDisposed();
    return this.engine.mj_stateSize(this.model, this.engine.mjtState.mjSTATE_INTEGRATION.value);
  }

  /** Take up a saved state; `values` are left to the caller, for they tell of the step before it. */
  restore(state: Float64Array): void {
    this.refuseDisposed();
    const what = this.engine.mjtState.mjSTATE_INTEGRATION.value;
    this.engine.mj_resetData(this.model, this.data);
    this.engine.mj_setState(this.model, this.data, Array.from(state), what);
    // Where the geoms are, for whoever draws; it changes nothing of what follows.
    this.engine.mj_kinematics(this.model, this.data);
  }

  dispose(): void {
    this.disposed = true;
    this.views.clear();
    this.data.delete();
  }
}
