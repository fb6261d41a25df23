import { expect, it } from 'vitest';
import { eventFileName, restartEvent, scalarEvent, versionEvent } from './tensorboard';

const hexadecimal = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

// The byte vectors of specs/evaluation.md E.4.
it('writes the version record', () => {
  expect(hexadecimal(versionEvent(0))).toBe(
    '1800000000000000a37f4b220900000000000000001a0d627261696e2e4576656e743a32eedf28a3',
  );
});

it('writes a scalar', () => {
  expect(hexadecimal(scalarEvent(1.5, 10, [['eval/return', 0.25]]))).toBe(
    '2100000000000000017becf609000000000000f83f100a2a140a120a0b6576616c2f72657475726e150000803e1f524e8a',
  );
});

/** The message inside a record: 12 bytes before it, 4 behind. */
const message = (record: Uint8Array) => hexadecimal(record.slice(12, -4));

it('writes several scalars and large steps', () => {
  // 2^40 = 1 followed by five groups of seven zero bits and 32 in the sixth.
  expect(
    message(
      scalarEvent(0, 2 ** 40, [
        ['a', 1],
        ['b', 2],
      ]),
    ),
  ).toBe(
    '090000000000000000' +
      '10808080808020' +
      '2a14' +
      '0a08' +
      '0a0161' +
      '150000803f' +
      '0a08' +
      '0a0162' +
      '1500000040',
  );
});

it('writes that a run goes on: Event{step = 2, session_log = 7 {status = 1: START}}', () => {
  expect(message(restartEvent(0, 300))).toBe('090000000000000000' + '10ac02' + '3a020801');
});

it('names files as TensorBoard finds them', () => {
  expect(eventFileName(1700000000.7, 'host', 12, 3)).toBe('events.out.tfevents.1700000000.host.12.3');
});
