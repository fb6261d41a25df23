import { fileURLToPath } from 'node:url';
import { type Browser, chromium as driver } from 'playwright';
import { build, type PreviewServer, preview } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chromium } from '../../scripts/chromium.mjs';
import { experiment, type Findings } from './experiment';

declare global {
  interface Window {
    experiment: typeof experiment;
  }
}

const root = fileURLToPath(new URL('..', import.meta.url));
let server: PreviewServer;
let browser: Browser;
const complaints: string[] = [];

beforeAll(async () => {
  await build({ root, configFile: false, logLevel: 'warn' });
  server = await preview({ root, configFile: false, preview: { host: '127.0.0.1', port: 0 } });
  browser = await driver.launch({
    executablePath: chromium(),
    args: [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

test('a built page trains and differentiates as Node does', async () => {
  const page = await browser.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => complaints.push(message.text()));
  await page.goto(server.resolvedUrls?.local[0] ?? '');
  await page.waitForFunction(() => window.experiment !== undefined);
  const found: Findings = await page.evaluate(() => window.experiment());
  const expected = await experiment();
  expect(found.returns.length).toBeGreaterThan(0);
  expect(found.returns).toEqual(expected.returns);
  expect(found.checkpoint.length).toBeGreaterThan(1000);
  expect(found.checkpoint).toEqual(expected.checkpoint);
  const kernels = { installed: true, build: 'relaxed' };
  expect(found).toMatchObject({ backend: 'wasm', kernels, gradient: [2, 4, 6] });
  expect(complaints).toEqual([]);
});
