import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { checkDrift, checkSteps } from './replay';
import type { Trace } from './trace';

const own = fileURLToPath(new URL('./fixtures/', import.meta.url));
/** More traces of the same form, wherever somebody keeps them. */
const elsewhere = process.env.MURMURATION_SMAX_TRACES;

for (const directory of elsewhere ? [own, elsewhere] : [own]) {
  describe(directory === own ? 'traces of the original' : `traces in ${directory}`, () => {
    const files = readdirSync(directory).filter((name) => name.endsWith('.json'));
    test.each(files.sort())('%s', (name) => {
      const trace = JSON.parse(readFileSync(join(directory, name), 'utf8')) as Trace;
      expect(trace.initial.pos.length).toBeGreaterThan(1);
      expect(trace.steps?.length ?? Object.keys(trace.obs ?? {}).length).toBeGreaterThan(0);
      checkSteps(trace);
      checkDrift(trace);
    });
    test('there are some', () => expect(files.length).toBeGreaterThan(0));
  });
}
