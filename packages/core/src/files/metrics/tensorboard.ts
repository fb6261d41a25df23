import { crc32c } from '../crc32c';

// Event files: TFRecords of Event messages (tensorflow/core/lib/io/record_writer.h, tensorflow/core/util/event.proto,
// tensorflow/core/framework/summary.proto). Protocol buffers are written by hand: a key is `field << 3 | wire type`.

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;

const utf8 = new TextEncoder();

const concatenate = (parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
};

/** A non-negative integer up to 2⁵³, seven bits a byte, low bits first. */
const varint = (value: number): Uint8Array => {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  bytes.push(rest);
  return Uint8Array.from(bytes);
};

const key = (field: number, wireType: number): Uint8Array => Uint8Array.of((field << 3) | wireType);

const doubleField = (field: number, value: number): Uint8Array => {
  const bytes = new Uint8Array(9);
  bytes[0] = (field << 3) | FIXED64;
  new DataView(bytes.buffer).setFloat64(1, value, true);
  return bytes;
};

const floatField = (field: number, value: number): Uint8Array => {
  const bytes = new Uint8Array(5);
  bytes[0] = (field << 3) | FIXED32;
  new DataView(bytes.buffer).setFloat32(1, value, true);
  return bytes;
};

const varintField = (field: number, value: number): Uint8Array =>
  concatenate([key(field, VARINT), varint(value)]);

const bytesField = (field: number, value: Uint8Array): Uint8Array =>
  concatenate([key(field, BYTES), varint(value.length), value]);

/** TensorFlow masks checksums because a checksum over data that holds checksums is weak. */
const maskedChecksum = (bytes: Uint8Array): number => {
  const crc = crc32c(bytes);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
};

/** `u64 length | u32 checksum of the length | data | u32 checksum of the data`, little-endian. */
const tfRecord = (data: Uint8Array): Uint8Array => {
  const record = new Uint8Array(data.length + 16);
  const view = new DataView(record.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(8, maskedChecksum(record.subarray(0, 8)), true);
  record.set(data, 12);
  view.setUint32(12 + data.length, maskedChecksum(data), true);
  return record;
};

/** The record that begins every event file. @param time seconds since 1970 */
export const versionEvent = (time: number): Uint8Array =>
  tfRecord(concatenate([doubleField(1, time), bytesField(3, utf8.encode('brain.Event:2'))]));

/**
 * The record that says that a run goes on from a step: TensorBoard then drops what earlier files have from there on.
 * @param time seconds since 1970
 */
export const restartEvent = (time: number, step: number): Uint8Array =>
  tfRecord(concatenate([doubleField(1, time), varintField(2, step), bytesField(7, varintField(1, 1))]));

/**
 * One record with all the scalars of a step.
 * @param time seconds since 1970
 * @param step a non-negative integer
 */
export const scalarEvent = (
  time: number,
  step: number,
  scalars: Iterable<readonly [string, number]>,
): Uint8Array => {
  const values = [...scalars].map(([tag, value]) =>
    bytesField(1, concatenate([bytesField(1, utf8.encode(tag)), floatField(2, value)])),
  );
  return tfRecord(
    concatenate([doubleField(1, time), varintField(2, step), bytesField(5, concatenate(values))]),
  );
};

/**
 * The name under which TensorBoard finds an event file. Files are read in the order of their names.
 * @param time seconds since 1970
 * @param index keeps apart the files of one process within one second
 */
export const eventFileName = (time: number, host: string, process: number, index: number): string =>
  `events.out.tfevents.${String(Math.floor(time)).padStart(10, '0')}.${host}.${process}.${index}`;
