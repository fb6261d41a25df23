import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// One vitest for all packages; each package's own configuration stays in force. Left to itself it spares a core, which
// of two is half.
export default defineConfig({
  test: { projects: ['packages/*', 'apps/*', 'tooling/scripts'], maxWorkers: availableParallelism() },
});
