import { ConfigurationError } from '@murmuration/core';

/** A handle on memory of the engine, which nobody frees but its owner. */
interface Handle {
  delete(): void;
}

export interface EngineModel extends Handle {
  readonly nq: number;
  readonly nv: number;
  readonly nu: number;
  readonly nbody: number;
  readonly ngeom: number;
  readonly qpos0: Float64Array;
  readonly body_mass: Float64Array;
  readonly geom_type: Int32Array;
  readonly geom_size: Float64Array;
  readonly geom_bodyid: Int32Array;
  readonly jnt_bodyid: Int32Array;
  readonly body_parentid: Int32Array;
  readonly actuator_trnid: Int32Array;
}

/** Every array that we read; each read makes a view of the engine's memory. */
export interface EngineData extends Handle {
  readonly qpos: Float64Array;
  readonly qvel: Float64Array;
  readonly ctrl: Float64Array;
  readonly cinert: Float64Array;
  readonly cvel: Float64Array;
  readonly qfrc_actuator: Float64Array;
  readonly cfrc_ext: Float64Array;
  readonly xpos: Float64Array;
  readonly xipos: Float64Array;
  readonly ten_J: Float64Array;
  readonly ten_length: Float64Array;
  readonly ten_velocity: Float64Array;
  readonly geom_xpos: Float64Array;
  readonly geom_xmat: Float64Array;
}

interface Buffer extends Handle {
  GetView(): Float64Array;
}

/** What we use of `@mujoco/mujoco`, the official build of MuJoCo for WebAssembly. */
export interface Engine {
  readonly MjModel: { from_xml_string(xml: string): EngineModel | null };
  readonly MjData: new (model: EngineModel) => EngineData;
  readonly DoubleBuffer: new (length: number) => Buffer;
  readonly mjtState: { readonly mjSTATE_INTEGRATION: { readonly value: number } };
  mj_versionString(): string;
  mj_resetData(model: EngineModel, data: EngineData): void;
  mj_forward(model: EngineModel, data: EngineData): void;
  mj_kinematics(model: EngineModel, data: EngineData): void;
  mj_step(model: EngineModel, data: EngineData): void;
  mj_rnePostConstraint(model: EngineModel, data: EngineData): void;
  mj_stateSize(model: EngineModel, what: number): number;
  mj_getState(model: EngineModel, data: EngineData, into: Buffer, what: number): void;
  mj_setState(model: EngineModel, data: EngineData, from: number[], what: number): void;
}

let loaded: Engine | undefined;
let loading: Promise<Engine> | undefined;

const load = async (): Promise<Engine> => {
  let start: () => Promise<unknown>;
  try {
    start = (await import('@mujoco/mujoco')).default;
  } catch (error) {
    throw new ConfigurationError(
      '@murmuration/envs',
      'mujoco: the engine @mujoco/mujoco is not installed; run npm install @mujoco/mujoco',
      { cause: error },
    );
  }
  return (await start()) as Engine;
};

/**
 * Load the physics engine, once: 10 MB of WebAssembly, from the optional package `@mujoco/mujoco`.
 * @throws ConfigurationError where that package is not installed.
 */
export const loadMujoco = async (): Promise<void> => {
  loading ??= load();
  try {
    loaded = await loading;
  } catch (error) {
    loading = undefined;
    throw error;
  }
};

/** @throws ConfigurationError where {@link loadMujoco} has not been awaited. */
export const engine = (): Engine => {
  if (loaded) return loaded;
  throw new ConfigurationError(
    '@murmuration/envs',
    'mujoco: the engine is not loaded; await loadMujoco() first',
  );
};
