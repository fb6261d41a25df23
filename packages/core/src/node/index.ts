export {
  type CheckpointFile,
  type LatestCheckpoint,
  listCheckpoints,
  readCheckpoint,
  readLatestCheckpoint,
  type StoredCheckpoint,
} from './checkpoints';
export { fileError, makeDirectory, readBytes, readText, writeFileAtomically } from './files';
export { acquireLock } from './lock';
export { readRunConfig } from './runConfig';
export {
  createRunDirectory,
  openRunDirectory,
  type RunDirectory,
  type RunDirectoryOptions,
  readEvaluations,
  readMetrics,
} from './runDirectory';
export type { Subject, SubjectFactory } from './workers/subject';
export { trainInWorkers, type WorkersOptions } from './workers/trainInWorkers';
