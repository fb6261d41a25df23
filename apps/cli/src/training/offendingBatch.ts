import { join } from 'node:path';
import { DivergenceError, encodeCheckpoint, type State } from '@murmuration/core';
import { writeFileAtomically } from '@murmuration/core/node';

/** Batches are plain data in every learner of ours; one that is not is kept as far as JSON can hold it. */
const encode = (batch: unknown): { bytes: Uint8Array | string; extension: string } => {
  try {
    return { bytes: encodeCheckpoint({ batch: batch as State }).tensors, extension: 'safetensors' };
  } catch {
    const text = JSON.stringify(batch, (_, value) =>
      ArrayBuffer.isView(value) ? Object.values(value) : value,
    );
    return { bytes: `${text}\n`, extension: 'json' };
  }
};

/** Save what made a loss infinite, and say where. @returns the error to throw on. */
export const saveOffendingBatch = async (
  error: DivergenceError,
  directory: string,
): Promise<DivergenceError> => {
  const { bytes, extension } = encode(error.batch);
  const path = join(directory, `divergence-step-${error.step}.${extension}`);
  await writeFileAtomically(path, bytes);
  return new DivergenceError(error.package, `${error.message} in ${path}`, error);
};
