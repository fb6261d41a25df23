import { createFrame, type EnvironmentSpec, ended, type Frame } from '@murmuration/core';

type Field = Float32Array | Uint8Array;

const mapFields = (frame: Frame, copies: number, change: (field: Field) => Field): Frame => ({
  ...(Object.fromEntries(
    Object.entries(frame).map(([name, value]) => [name, typeof value === 'number' ? value : change(value)]),
  ) as unknown as Frame),
  copies,
});

/** A frame of zeros in shared memory: worlds in threads write into it without copying. */
export const createSharedFrame = (spec: EnvironmentSpec, copies: number): Frame =>
  mapFields(createFrame(spec, copies), copies, (field) => {
    const memory = new SharedArrayBuffer(field.byteLength);
    return field instanceof Float32Array ? new Float32Array(memory) : new Uint8Array(memory);
  });

export const isShared = (frame: Frame): boolean =>
  Object.values(frame).every(
    (value) => typeof value === 'number' || value.buffer instanceof SharedArrayBuffer,
  );

/** The rows of some copies of a frame, in the same memory. */
export const rowsOf = (frame: Frame, from: number, to: number): Frame =>
  mapFields(frame, to - from, (field) => {
    const width = field.length / frame.copies;
    return field.subarray(from * width, to * width);
  });

const finals: readonly (keyof Frame)[] = [
  ...(['finalObservations', 'finalState', 'finalAvailableActions', 'finalActive', 'metrics'] as const),
];

/** Copy what a step wrote: of `final…` fields and metrics only the copies that ended. */
export const copyStep = (from: Frame, to: Frame): void => {
  for (const [name, value] of Object.entries(from) as [keyof Frame, Field | number][]) {
    if (typeof value !== 'number' && !finals.includes(name)) (to[name] as Field).set(value);
  }
  for (let copy = 0; copy < from.copies; copy++) {
    if (!ended(from, copy)) continue;
    for (const name of finals) {
      const source = from[name] as Field;
      const width = source.length / from.copies;
      (to[name] as Field).set(source.subarray(copy * width, (copy + 1) * width), copy * width);
    }
  }
};
