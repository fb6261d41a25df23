import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { checkEdges, checkTrace } from './replay';
import type { Edges, Trace } from './trace';

const own = fileURLToPath(new URL('./fixtures/', import.meta.url));
/** More recordings of the same form, wherever somebody keeps them. */
const elsewhere = process.env.MURMURATION_MPE_TRACES;

for (const directory of elsewhere ? [own, elsewhere] : [own]) {
  describe(directory === own ? 'recordings of the originals' : `recordings in ${directory}`, () => {
    const files = readdirSync(directory).filter((name) => name.endsWith('.json'));
    test.each(files.sort())('%s', (name) => {
      const found = JSON.parse(readFileSync(join(directory, name), 'utf8')) as Edges | Trace;
      if (found.format === 'mpe-edge-1') {
        expect(found.cases.length).toBeGreaterThan(0);
        checkEdges(found);
      } else {
        expect(found.format).toBe('mpe-trace-1');
        expect(found.steps.length).toBeGreaterThan(0);
        checkTrace(found);
      }
    });
    test('there are some', () => expect(files.length).toBeGreaterThan(0));
  });
}
