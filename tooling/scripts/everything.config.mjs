import { defineConfig } from 'vitest/config';

// One vitest for all packages keeps every core busy; each package's own configuration stays in force.
export default defineConfig({ test: { projects: ['packages/*', 'apps/*', 'tooling/scripts'] } });
