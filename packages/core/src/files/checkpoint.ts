import { CheckpointError } from '../errors';
import type { State } from '../state';
import { crc32c } from './crc32c';
import { decodeSafetensors } from './decodeSafetensors';
import { encodeSafetensors, encodeSafetensorsHeader } from './encodeSafetensors';
import { flattenState, type Pieces, piecesIn, unflattenState } from './flatState';
import type { JsonObject } from './json';
import type { Safetensors } from './safetensors';

const FORMAT = 'murmuration:format';
const VERSION = 'murmuration:version';
const CHECKSUM = 'murmuration:checksum';

/** Raised when a checkpoint that was readable before would not be. */
const CURRENT_VERSION = '1';

/** What stands in for the checksum while it is taken. */
const NO_CHECKSUM = '00000000';

/** A checkpoint as two files. */
export interface EncodedCheckpoint {
  /** The `.safetensors` file: the state and nothing else. Equal states give equal bytes. */
  readonly tensors: Uint8Array;
  /** The `.json` file beside it, for people and scripts; loading does without. */
  readonly metadata: string;
}

const withChecksum = ({ tensors, metadata }: Safetensors, checksum: string): Safetensors => ({
  tensors,
  metadata: new Map([...metadata, [CHECKSUM, checksum]]),
});

const hexadecimal = (checksum: number): string => checksum.toString(16).padStart(8, '0');

/**
 * Writes a state, every typed array as a tensor named by its path and every scalar as JSON in `__metadata__`,
 * with a CRC-32C over the whole file.
 * @param details what belongs beside the state and must not change its bytes: time, host, versions, paths.
 * @param pieces trees that are kept in files of their own; without them the file is whole.
 * @throws CheckpointError for names and values that cannot be saved.
 */
export const encodeCheckpoint = (
  state: State,
  details: JsonObject = {},
  pieces?: Pieces,
): EncodedCheckpoint => {
  const { tensors, metadata } = flattenState(state, pieces);
  const content = {
    tensors,
    metadata: new Map([...metadata, [FORMAT, 'checkpoint'], [VERSION, CURRENT_VERSION]]),
  };
  const file = encodeSafetensors(withChecksum(content, NO_CHECKSUM));
  const checksum = hexadecimal(crc32c(file));
  file.set(encodeSafetensorsHeader(withChecksum(content, checksum)));
  const head = { format: 'murmuration checkpoint', version: Number(CURRENT_VERSION), checksum };
  return { tensors: file, metadata: `${JSON.stringify({ ...head, ...details }, null, 2)}\n` };
};

const equalBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);

/** The header has one spelling, so that comparing it with what its content would be written as covers every byte. */
const isIntact = (file: Uint8Array, content: Safetensors): boolean => {
  const checksum = content.metadata.get(CHECKSUM) ?? '';
  const header = encodeSafetensorsHeader(content);
  const unsigned = encodeSafetensorsHeader(withChecksum(content, NO_CHECKSUM));
  return (
    equalBytes(header, file.subarray(0, header.length)) &&
    checksum === hexadecimal(crc32c(file.subarray(header.length), crc32c(unsigned)))
  );
};

/** The files that a checkpoint refers to. @throws CheckpointError for what is no safetensors file */
export const piecesOf = (file: Uint8Array): string[] => piecesIn(decodeSafetensors(file));

/**
 * The state in a `.safetensors` file that {@link encodeCheckpoint} wrote; its arrays are copies.
 * @param pieces what lies in other files, by name. Of a run's checkpoint it is what was experienced: not needed to act.
 * @throws CheckpointError for a file that is cut short, changed, of another kind or of a newer version.
 */
export const decodeCheckpoint = (file: Uint8Array, pieces?: ReadonlyMap<string, State>): State => {
  const content = decodeSafetensors(file);
  if (content.metadata.get(FORMAT) !== 'checkpoint') {
    throw new CheckpointError(
      '@murmuration/core',
      'a safetensors file, but not a checkpoint of Murmuration; read its tensors with decodeSafetensors',
    );
  }
  const version = content.metadata.get(VERSION);
  if (version !== CURRENT_VERSION) {
    throw new CheckpointError(
      '@murmuration/core',
      `checkpoint of format version ${JSON.stringify(version ?? null)}, but this release reads version ${CURRENT_VERSION}; use the release that wrote it`,
    );
  }
  if (!isIntact(file, content)) {
    throw new CheckpointError(
      '@murmuration/core',
      'the checkpoint was changed or damaged since it was written (its checksum differs); use an earlier one',
    );
  }
  return unflattenState(content, pieces);
};
