import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadMujoco } from '../../src/mujoco/engine';
import { checkTrace, type Trace } from './replay';

const own = fileURLToPath(new URL('./fixtures/', import.meta.url));
/** More recordings of the same form, wherever somebody keeps them. */
const elsewhere = process.env.MURMURATION_MUJOCO_TRACES;

beforeAll(loadMujoco);

const hasKey = (entry: unknown, key: RegExp): boolean =>
  typeof entry === 'object' && entry !== null && Object.keys(entry).some((name) => key.test(name));

/**
 * The recordings of a file by name; where there are none, for the file's test to tell, the error or nothing. A file may
 * hold maps of observations instead, which tell by agent which places of the state it sees.
 */
const recordingsIn = (path: string): [name: string, entry: unknown][] => {
  try {
    const entries = Object.entries(JSON.parse(readFileSync(path, 'utf8')));
    const found = entries.filter(([, entry]) => hasKey(entry, /^(qpos0|qvel0|obs0|steps)$/));
    const holdsMaps = entries.some(([, entry]) => hasKey(entry, /^agent_\d+$/));
    return found.length > 0 || holdsMaps ? found : [['holds no recording', undefined]];
  } catch (error) {
    return [['cannot be read', error]];
  }
};

const recordings = (directory: string): [file: string, name: string, entry: unknown][] =>
  readdirSync(directory)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .flatMap((file) =>
      recordingsIn(join(directory, file)).map(([name, entry]): [string, string, unknown] => [
        file,
        name,
        entry,
      ]),
    );

const numbers = expect.arrayContaining([expect.any(Number)]);

/** @throws the error that stands in place of a recording, or of what it lacks. */
const checked = (entry: unknown): Trace => {
  if (entry instanceof Error) throw entry;
  expect(entry).toMatchObject({ qpos0: numbers, qvel0: numbers, obs0: numbers, steps: expect.any(Array) });
  return entry as Trace;
};

for (const directory of elsewhere ? [own, elsewhere] : [own]) {
  describe(directory === own ? 'recordings of Gymnasium' : `recordings in ${directory}`, () => {
    const found = recordings(directory);
    test.each(found)('%s: %s', (_file, name, entry) => {
      const trace = checked(entry);
      expect(trace.steps.length).toBeGreaterThan(0);
      checkTrace(name, trace, directory === own ? 1e-9 : undefined);
    });
    test('there are some', () => expect(found.length).toBeGreaterThan(0));
  });
}
