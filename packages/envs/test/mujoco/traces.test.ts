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

const read = (path: string): Record<string, Trace> => JSON.parse(readFileSync(path, 'utf8'));

/** Files of recordings: others, such as maps of observations, hold no steps. */
const recordings = (directory: string): [string, string, Trace][] =>
  readdirSync(directory)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .flatMap((file) =>
      Object.entries(read(join(directory, file)))
        .filter(([, trace]) => 'steps' in trace)
        .map(([name, trace]): [string, string, Trace] => [file, name, trace]),
    );

for (const directory of elsewhere ? [own, elsewhere] : [own]) {
  describe(directory === own ? 'recordings of Gymnasium' : `recordings in ${directory}`, () => {
    const found = recordings(directory);
    test.each(found)('%s: %s', (_file, name, trace) => {
      expect(trace.steps.length).toBeGreaterThan(0);
      checkTrace(name, trace, directory === own ? 1e-9 : undefined);
    });
    test('there are some', () => expect(found.length).toBeGreaterThan(0));
  });
}
