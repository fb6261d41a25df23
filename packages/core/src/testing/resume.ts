import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeCheckpoint, encodeCheckpoint } from '../files/checkpoint';
import { type LearnerSubject, trainSubject, wholeRun } from './subject';

/** Runs in a process of its own: continue what lies in the directory and write what comes out beside it. */
export const resumeAll = async (
  subjects: Readonly<Record<string, LearnerSubject>>,
  directory: string,
): Promise<void> => {
  for (const [name, subject] of Object.entries(subjects)) {
    const resume = decodeCheckpoint(new Uint8Array(await readFile(join(directory, `${name}.half`))));
    const whole = await trainSubject(subject, { ...wholeRun(subject), resume });
    await writeFile(join(directory, `${name}.resumed`), encodeCheckpoint(whole).tensors);
  }
};
