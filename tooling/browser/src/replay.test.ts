import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { type Browser, chromium as driver, type Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chromium } from '../../scripts/chromium.mjs';

const main = fileURLToPath(new URL('../../../apps/cli/dist/main.js', import.meta.url));
const world = fileURLToPath(new URL('../../../apps/cli/test/worlds/painted.mjs', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'murmuration-replay-'));
const file = join(directory, 'replay.html');
let browser: Browser;

beforeAll(async () => {
  const murmuration = (...parameters: string[]) =>
    promisify(execFile)(process.execPath, [main, ...parameters], { cwd: directory });
  await murmuration('train', 'roma-iqss', world, '--steps', '100', '--output', 'run');
  await murmuration('evaluate', 'run', '--episodes', '2', '--replay', file);
  browser = await driver.launch({
    executablePath: chromium(),
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-sync'],
  });
});

afterAll(async () => {
  await browser?.close();
  rmSync(directory, { recursive: true, force: true });
});

/** A pixel of the canvas as shares of its size, `[red, green, blue, alpha]`. */
const pixel = (page: Page, x: number, y: number): Promise<number[]> =>
  page.evaluate(
    ([across, down]) => {
      const canvas = document.getElementById('scene') as HTMLCanvasElement;
      const context = canvas.getContext('2d') as CanvasRenderingContext2D;
      const { data } = context.getImageData(across * canvas.width, down * canvas.height, 1, 1);
      return [...data];
    },
    [x, y],
  );

test('a replay draws, plays and obeys, and lets nothing else run', async () => {
  const page = await browser.newPage({ reducedMotion: 'reduce', colorScheme: 'light' });
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  // Scripts that the page's policy stops are told as errors; hints of the browser are none.
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(pathToFileURL(file).href);
  const step = () => page.inputValue('#step');

  // It stands still where people ask for little motion; the world's blue fills the canvas.
  expect(await page.textContent('#play')).toBe('Play');
  expect([await step(), await page.getAttribute('#step', 'max')]).toEqual(['0', '10']);
  expect(await pixel(page, 0.1, 0.1)).toEqual([0x00, 0x72, 0xb2, 255]);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(() => pixel(page, 0.9, 0.9)).toEqual([0x4a, 0xa3, 0xdf, 255]);

  await page.keyboard.press('ArrowRight');
  await page.click('#forward');
  expect(await step()).toBe('2');
  expect(await page.textContent('#caption')).toMatch(/^pull 2 /);
  expect(await page.getAttribute('#scene', 'aria-label')).toBe(await page.textContent('#caption'));
  await page.keyboard.press('End');
  expect(await step()).toBe('10');
  await page.selectOption('#episode', { index: 1 });
  expect(await step()).toBe('0');

  await page.selectOption('#speed', '4');
  await page.click('#play');
  await expect.poll(step).not.toBe('0');
  expect(await page.textContent('#play')).toBe('Pause');
  await page.keyboard.press('Home');
  expect([await step(), await page.textContent('#play')]).toEqual(['0', 'Play']);

  expect(await page.title()).not.toBe('broken out');
  expect(complaints).toEqual([]);
});
