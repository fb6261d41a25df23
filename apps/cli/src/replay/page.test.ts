import { createHash } from 'node:crypto';
import type { Scene } from '@murmuration/core';
import { expect, test } from 'vitest';
import { encodeReplay } from './encode';
import { replayPage } from './page';

const hostile = '</script><script>alert(1)</script><!--<img src=x onerror=alert(1)>';
const scene: Scene = {
  extent: { left: 0, bottom: 0, right: 2, top: 1 },
  shapes: [{ kind: 'text', x: 1, y: 0.5, text: hostile, size: 0.2, colour: 'text' }],
  caption: hostile,
};
const episode = { scenes: [scene], rewards: [0], steps: 0, return: 0, metrics: {} };
const replay = encodeReplay([episode], () => hostile);
const html = replayPage(replay, { title: hostile, introduction: hostile });

const scripts = [...html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)].map(([, of, text]) => [of, text]);

test('names cannot break out of the page', () => {
  expect(scripts).toHaveLength(2);
  expect(html).not.toContain('alert(1)</script>');
  expect(html).not.toContain('<img');
  expect(html).not.toContain('<!--');
  const [, data] = scripts[0];
  expect(JSON.parse(data)).toEqual(replay);
});

test('only its own script may run, and nothing is fetched', () => {
  const hash = createHash('sha256').update(scripts[1][1]).digest('base64');
  expect(html).toContain(
    `content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'"`,
  );
  expect(html).not.toMatch(/<\w+(?:\s+[\w-]+="[^"]*")*\s+(?:src|href)=/);
  expect(html.match(/https?:\/\/[^\s"]*/g)).toEqual(['http://www.w3.org/2000/svg']);
});

test('its script is one, and asks for nothing that it does not bring', () => {
  const [, text] = scripts[1];
  expect(() => new Function(text)).not.toThrow();
  expect(text).not.toMatch(/__vite|import_|__name|__spread/);
});

test('without scripts the first moment is there to be seen', () => {
  const still = /<noscript>([\s\S]*)<\/noscript>/.exec(html)?.[1] ?? '';
  expect(still).toMatch(/^<svg .*viewBox="0 0 640 320"/);
});
