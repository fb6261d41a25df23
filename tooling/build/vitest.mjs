import { defineConfig } from 'vitest/config';

/** Tests run from source: every `@murmuration/*` import resolves through its source condition. */
export const tests = (test = {}) =>
  defineConfig({
    ssr: { resolve: { conditions: ['@murmuration/source'] } },
    resolve: { conditions: ['@murmuration/source'] },
    test: { include: ['src/**/*.test.ts', 'test/**/*.test.ts'], testTimeout: 60_000, ...test },
  });
