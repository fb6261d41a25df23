/** What is read of a simulation after each step, each row-major; `extra` is what a body derives from other arrays. */
export const fields = ['qpos', 'qvel', 'cinert', 'cvel', 'qfrc_actuator', 'cfrc_ext', 'extra'] as const;

export type Field = (typeof fields)[number];

/** Values of all fields; those that a body does not read are empty. */
export type Values = Readonly<Record<Field, Float64Array>>;

/** One number of an observation. */
export interface Reading {
  readonly field: Field;
  readonly index: number;
  /** The number is brought into ± this. */
  readonly limit?: number;
}

/** `count` numbers of a field from `start` on. */
export const range = (field: Field, start: number, count: number, limit?: number): Reading[] =>
  Array.from({ length: count }, (_, offset) => ({ field, index: start + offset, limit }));

/** Numbers of a field by index. */
export const pick = (field: Field, ...indices: readonly number[]): Reading[] =>
  indices.map((index) => ({ field, index }));

/** Write readings from `at` on. */
export const writeReadings = (
  readings: readonly Reading[],
  values: Values,
  into: Float32Array | Float64Array,
  at = 0,
): void => {
  for (let entry = 0; entry < readings.length; entry++) {
    const { field, index, limit } = readings[entry];
    const value = values[field][index];
    into[at + entry] = limit === undefined ? value : Math.max(-limit, Math.min(limit, value));
  }
};
