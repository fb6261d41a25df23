import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromium } from '../scripts/chromium.mjs';

const kernels = fileURLToPath(new URL('../../packages/kernels', import.meta.url));
const launchOptions = {
  executablePath: chromium(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
};

export default defineConfig({
  test: {
    projects: [
      {
        // Drives a browser from outside, with a page as people build it.
        test: {
          name: 'page',
          include: ['src/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        // The kernels' own tests, run inside the browser.
        root: kernels,
        resolve: { conditions: ['@murmuration/source'] },
        server: { fs: { allow: ['../..'] } },
        test: {
          name: 'kernels',
          include: ['src/parity.test.ts', 'src/fused/*.test.ts', 'src/optimise/optimise.test.ts'],
          setupFiles: [fileURLToPath(new URL('src/wasmPaths.ts', import.meta.url))],
          testTimeout: 120_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
